package io.millrace.oozie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Answers as an Oozie server does, over HTTP, in the JSON of Oozie 5.2: jobs that a test puts in,
 * and those that are submitted. Starts nothing.
 */
public final class FakeOozie implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private final HttpServer server;
  private final Map<String, ObjectNode> bundles = new LinkedHashMap<>();
  private final Map<String, ObjectNode> coordinators = new LinkedHashMap<>();
  private final Map<String, ObjectNode> workflows = new LinkedHashMap<>();
  private final List<Map<String, String>> submitted = new ArrayList<>();
  private final List<Map<String, String>> checked = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private String refusal = "";

  private FakeOozie(HttpServer server) {
    this.server = server;
  }

  public static FakeOozie start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeOozie oozie = new FakeOozie(server);
    server.createContext("/oozie/", oozie::answer);
    server.start();
    return oozie;
  }

  public String url() {
    return "http://127.0.0.1:%d/oozie".formatted(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The method and the path of all that was asked, but for what Oozie's client asks for itself. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** What was submitted, and with what. */
  public synchronized List<Map<String, String>> submitted() {
    return List.copyOf(submitted);
  }

  /** What was to be checked only. */
  public synchronized List<Map<String, String>> checked() {
    return List.copyOf(checked);
  }

  /** Refuses to check or to take anything, for a reason. */
  public synchronized void refuse(String reason) {
    refusal = reason;
  }

  public synchronized String statusOf(String bundle) {
    return bundles.get(bundle).get("status").asText();
  }

  /** Puts a bundle in; the one put in last is the newest. */
  public synchronized FakeOozie bundle(
      String id, String name, String status, Map<String, String> properties, String... ids) {
    StringBuilder conf = new StringBuilder("<configuration>\n");
    properties.forEach(
        (key, value) ->
            conf.append(
                "<property><name>%s</name><value>%s</value></property>\n".formatted(key, value)));
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("bundleJobId", id);
    bundle.put("bundleJobName", name);
    bundle.put("bundleJobPath", "hdfs://cluster/apps/" + name);
    bundle.put("conf", conf + "</configuration>");
    bundle.put("status", status);
    bundle.put("user", "ops");
    bundle.put("createdTime", time("2026-01-02T10:15:00Z"));
    ArrayNode members = bundle.putArray("bundleCoordJobs");
    for (String coordinator : ids) {
      ObjectNode member = coordinators.get(coordinator).deepCopy();
      member.putArray("actions");
      members.add(member);
    }
    bundles.put(id, bundle);
    return this;
  }

  public synchronized FakeOozie coordinator(String id, String name, String next) {
    ObjectNode coordinator = JSON.createObjectNode();
    coordinator.put("coordJobId", id);
    coordinator.put("coordJobName", name);
    coordinator.put("status", "RUNNING");
    coordinator.put("user", "ops");
    coordinator.put("startTime", time("2026-01-02T03:00:00Z"));
    coordinator.put("endTime", time("2036-01-02T03:00:00Z"));
    coordinator.put("nextMaterializedTime", time(next));
    coordinator.putArray("actions");
    coordinators.put(id, coordinator);
    return this;
  }

  /** Gives a coordinator one more action; it waits for URIs, or has started a workflow. */
  public synchronized FakeOozie action(
      String coordinator, String nominalTime, String status, String missing, String workflow) {
    ArrayNode actions = (ArrayNode) coordinators.get(coordinator).get("actions");
    ObjectNode action = actions.addObject();
    int number = actions.size();
    action.put("id", coordinator + "@" + number);
    action.put("coordJobId", coordinator);
    action.put("actionNumber", number);
    action.put("nominalTime", time(nominalTime));
    action.put("status", status);
    action.put("missingDependencies", missing);
    if (workflow.isEmpty()) {
      action.putNull("externalId");
    } else {
      action.put("externalId", workflow);
    }
    action.putNull("errorCode");
    action.putNull("errorMessage");
    return this;
  }

  public synchronized FakeOozie workflow(String id, String status) {
    ObjectNode workflow = JSON.createObjectNode();
    workflow.put("id", id);
    workflow.put("appName", "a workflow");
    workflow.put("status", status);
    workflow.put("startTime", time("2026-01-02T03:00:10Z"));
    workflow.putArray("actions");
    workflows.put(id, workflow);
    return this;
  }

  /** Gives a workflow one more node. */
  public synchronized FakeOozie node(
      String workflow, String name, String type, String status, String data, String error) {
    ArrayNode actions = (ArrayNode) workflows.get(workflow).get("actions");
    ObjectNode node = actions.addObject();
    node.put("id", workflow + "@" + name);
    node.put("name", name);
    node.put("type", type);
    node.put("status", status);
    node.put("startTime", time("2026-01-02T03:%02d:00Z".formatted(actions.size())));
    node.put("data", data.isEmpty() ? null : data);
    node.put("userRetryCount", status.equals("USER_RETRY") ? 1 : 0);
    node.put("userRetryMax", 3);
    if (!error.isEmpty()) {
      node.put("errorCode", "JA018");
      node.put("errorMessage", error);
    }
    return this;
  }

  private static String time(String instant) {
    return RFC_822.format(Instant.parse(instant).atOffset(ZoneOffset.UTC));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath().substring("/oozie/".length());
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (exchange.getRequestMethod().equals("OPTIONS")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (path.equals("versions")) {
        send(exchange, 200, JSON.createArrayNode().add(0).add(1).add(2));
      } else {
        answer(exchange, path, query, body);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private synchronized void answer(
      HttpExchange exchange, String path, Map<String, String> query, byte[] body)
      throws IOException {
    asked.add(exchange.getRequestMethod() + " " + path);
    switch (exchange.getRequestMethod()) {
      case "GET" -> show(exchange, path, query);
      case "POST" -> submit(exchange, query, body);
      case "PUT" -> change(exchange, path, query);
      default -> exchange.sendResponseHeaders(405, -1);
    }
  }

  private void show(HttpExchange exchange, String path, Map<String, String> query)
      throws IOException {
    if (path.equals("v2/jobs")) {
      send(exchange, 200, list(query));
      return;
    }
    String id = path.substring("v2/job/".length());
    if (bundles.containsKey(id)) {
      send(exchange, 200, bundles.get(id));
    } else if (coordinators.containsKey(id)) {
      send(exchange, 200, newest(coordinators.get(id), query));
    } else if (workflows.containsKey(id)) {
      send(exchange, 200, workflows.get(id));
    } else {
      refuse(exchange, "E0604", "Job does not exist [%s]".formatted(id));
    }
  }

  private ObjectNode list(Map<String, String> query) {
    if (!"bundle".equals(query.get("jobtype"))) {
      throw new IllegalArgumentException("Cannot list " + query);
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("bundlejobs");
    List<ObjectNode> newestFirst = new ArrayList<>(bundles.values());
    Collections.reverse(newestFirst);
    for (ObjectNode bundle : newestFirst) {
      if (query.get("filter").equals("name=" + bundle.get("bundleJobName").asText())) {
        ObjectNode listed = bundle.deepCopy();
        listed.putArray("bundleCoordJobs");
        found.add(listed);
      }
    }
    answer.put("total", found.size());
    return answer;
  }

  private static JsonNode newest(ObjectNode coordinator, Map<String, String> query) {
    ObjectNode answer = coordinator.deepCopy();
    ArrayNode shown = answer.putArray("actions");
    JsonNode all = coordinator.get("actions");
    boolean newestFirst = "desc".equals(query.get("order"));
    int most = Integer.parseInt(query.get("len"));
    for (int i = 0; i < Math.min(most, all.size()); i++) {
      shown.add(all.get(newestFirst ? all.size() - 1 - i : i));
    }
    answer.put("total", all.size());
    return answer;
  }

  private void submit(HttpExchange exchange, Map<String, String> query, byte[] body)
      throws IOException {
    Map<String, String> properties = properties(body);
    if (!refusal.isEmpty()) {
      refuse(exchange, "E0701", refusal);
    } else if ("dryrun".equals(query.get("action"))) {
      checked.add(properties);
      send(exchange, 200, JSON.createObjectNode().put("id", "<checked/>"));
    } else {
      submitted.add(properties);
      String id = "%07d-260102101500000-oozie-B".formatted(submitted.size());
      bundle(id, "submitted", "RUNNING", properties);
      send(exchange, 201, JSON.createObjectNode().put("id", id));
    }
  }

  private static Map<String, String> properties(byte[] xml) throws IOException {
    Map<String, String> properties = new HashMap<>();
    try {
      NodeList names =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(xml))
              .getElementsByTagName("name");
      for (int i = 0; i < names.getLength(); i++) {
        Element property = (Element) names.item(i).getParentNode();
        properties.put(
            names.item(i).getTextContent(),
            property.getElementsByTagName("value").item(0).getTextContent());
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
    return properties;
  }

  private void change(HttpExchange exchange, String path, Map<String, String> query)
      throws IOException {
    if (!"kill".equals(query.get("action"))) {
      throw new IllegalArgumentException("Cannot do " + query);
    }
    bundles.get(path.substring("v2/job/".length())).put("status", "KILLED");
    exchange.sendResponseHeaders(200, -1);
  }

  private static void refuse(HttpExchange exchange, String code, String message)
      throws IOException {
    exchange.getResponseHeaders().set("oozie-error-code", code);
    exchange.getResponseHeaders().set("oozie-error-message", code + ": " + message);
    exchange.sendResponseHeaders(400, -1);
  }

  private static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : (raw == null ? "" : raw).split("&", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        query.put(
            URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
            URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
