package io.millrace.schedule.oozie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schedule.ExampleSpecs;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Step;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Whatever a spec says, Oozie could take what becomes of it. */
class RandomApplicationTest {
  private static final int LONGEST_NAME = 128;

  /** A spec, and what its placeholders stand for. */
  private record Spec(String yaml, Map<String, String> settings) {}

  @Property(tries = 60)
  void shouldFollowOoziesRules(@ForAll("specs") Spec spec) throws Exception {
    ScheduledPipeline pipeline =
        ExampleSpecs.spec("card-fraud/random.yaml", spec.yaml(), spec.settings());
    LocalDate first = pipeline.from();
    Assume.that(beginsOnAnExistingTime(pipeline, first));
    ApplicationPlace place = new ApplicationPlace("hdfs://nn:8020", "rm:8032", "/a b", first);

    SortedMap<String, String> files = OozieApplication.render(pipeline, place);

    assertEquals(files, OozieApplication.render(pipeline, place));
    assertEquals(List.of(), ApplicationSchemas.problems(files));
    checkWorkflow(files.get("workflow.xml"), steps(pipeline));
    if (pipeline.training().isPresent()) {
      checkWorkflow(files.get("training-workflow.xml"), Set.of("training", "train"));
    }
    checkData(files.get("coordinator.xml"));
  }

  private static boolean beginsOnAnExistingTime(ScheduledPipeline pipeline, LocalDate first) {
    try {
      pipeline.clock().night(first);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<String> steps(ScheduledPipeline pipeline) {
    return pipeline.night().work().steps().map(Step::id).collect(Collectors.toSet());
  }

  private static Element root(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int number = 0; number < found.getLength(); number++) {
      elements.add((Element) found.item(number));
    }
    return elements;
  }

  /** Each node is named once and found; forks fork, meet, and meet once. */
  private static void checkWorkflow(String xml, Set<String> steps) throws Exception {
    Element workflow = root(xml);
    Map<String, Element> nodes = new HashMap<>();
    for (Node child = workflow.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element node && node.hasAttribute("name")) {
        assertTrue(nodes.put(node.getAttribute("name"), node) == null, node.getAttribute("name"));
        assertTrue(node.getAttribute("name").length() <= LONGEST_NAME);
      }
    }
    List<String> targets = new ArrayList<>();
    elements(workflow, "path").forEach(path -> targets.add(path.getAttribute("start")));
    for (String kind : List.of("start", "ok", "error", "case", "default", "join")) {
      elements(workflow, kind).forEach(node -> targets.add(node.getAttribute("to")));
    }
    assertTrue(nodes.keySet().containsAll(targets), () -> targets + " of " + nodes.keySet());
    assertTrue(targets.containsAll(steps), xml);
    Set<String> unreached = new TreeSet<>(nodes.keySet());
    unreached.removeAll(targets);
    assertEquals(Set.of(), unreached);
    elements(workflow, "fork").forEach(fork -> assertTrue(elements(fork, "path").size() >= 2));
    assertEquals(elements(workflow, "fork").size(), elements(workflow, "join").size());
    assertTrue(endsWell(nodes, elements(workflow, "start").get(0).getAttribute("to")), xml);
  }

  /** Follows what happens where all goes well: all paths of a fork lead to one join. */
  private static boolean endsWell(Map<String, Element> nodes, String start) {
    String at = start;
    while (true) {
      Element node = nodes.get(at);
      switch (node.getTagName()) {
        case "action" -> at = elements(node, "ok").get(0).getAttribute("to");
        case "decision" -> at = elements(node, "case").get(0).getAttribute("to");
        case "fork" -> {
          Set<String> joins = new TreeSet<>();
          elements(node, "path")
              .forEach(path -> joins.add(join(nodes, path.getAttribute("start"))));
          assertEquals(1, joins.size(), joins::toString);
          at = nodes.get(joins.iterator().next()).getAttribute("to");
        }
        default -> {
          return node.getTagName().equals("end");
        }
      }
    }
  }

  private static String join(Map<String, Element> nodes, String start) {
    String at = start;
    while (!nodes.get(at).getTagName().equals("join")) {
      Element node = nodes.get(at);
      if (node.getTagName().equals("fork")) {
        String inner = join(nodes, elements(node, "path").get(0).getAttribute("start"));
        at = nodes.get(inner).getAttribute("to");
      } else {
        boolean isAction = node.getTagName().equals("action");
        at = elements(node, isAction ? "ok" : "case").get(0).getAttribute("to");
      }
    }
    return at;
  }

  /** Each input and output is of a data set that there is, and each input counts in the logic. */
  private static void checkData(String xml) throws Exception {
    Element coordinator = root(xml);
    Set<String> dataSets =
        elements(coordinator, "dataset").stream()
            .map(dataSet -> dataSet.getAttribute("name"))
            .collect(Collectors.toSet());
    assertEquals(elements(coordinator, "dataset").size(), dataSets.size());
    for (String kind : List.of("data-in", "data-out")) {
      elements(coordinator, kind)
          .forEach(data -> assertTrue(dataSets.contains(data.getAttribute("dataset")), xml));
    }
    long inputs =
        elements(coordinator, "data-in").stream().filter(data -> data.hasAttribute("name")).count();
    long inLogic =
        elements(coordinator, "data-in").stream().filter(data -> data.hasAttribute("min")).count();
    assertTrue(inLogic == 0 || inLogic == inputs, xml);
  }

  @Provide
  Arbitrary<Spec> specs() {
    Arbitrary<String> groupNames =
        Arbitraries.oneOf(
            Arbitraries.of("card", "_", "a_1", "join", "done", "mail", "x".repeat(140)),
            Arbitraries.strings().withChars("abXY_09").ofMaxLength(8).map(rest -> "g" + rest));
    return Combinators.combine(
            groupNames.set().ofMaxSize(5),
            sources(),
            schedules(),
            Arbitraries.of("none", "entities", "events"),
            Arbitraries.of(
                "{history: 30d}",
                "{history: all}",
                "monthly",
                "{monthly: 3}",
                "[2026-02-01, 2026-03-01]"),
            Arbitraries.of(true, false),
            Arbitraries.of(
                "UTC",
                "Asia/Kathmandu",
                "America/Los_Angeles",
                "Pacific/Auckland",
                "+05:45",
                "-11:00"))
        .as(RandomApplicationTest::spec);
  }

  private static Spec spec(
      Set<String> groups,
      Source source,
      String schedule,
      String rows,
      String snapshots,
      boolean trains,
      String zone) {
    boolean scores = !rows.equals("none") && (rows.equals("events") || !groups.isEmpty());
    StringBuilder yaml = new StringBuilder("pipeline: random--one\n");
    yaml.append("warehouse: ").append(source.warehouse()).append('\n');
    yaml.append("timezone: \"").append(zone).append("\"\n");
    yaml.append("source: {schema: transaction.avsc, event_time: ts, from: 2026-01-01, path: '")
        .append(source.path())
        .append("'")
        .append(source.landed())
        .append("}\n");
    if (!groups.isEmpty()) {
      yaml.append("features:\n");
    }
    for (String group : new TreeSet<>(groups)) {
      yaml.append("  ").append(group);
      yaml.append(": {entity: card_id, windows: [1d, 3d], delay: ").append(group.length() % 3);
      yaml.append("d, aggregates: {n: COUNT(*)}}\n");
    }
    if (trains || scores) {
      String label = "is_fraud, inputs: [amount]";
      if (scores && rows.equals("entities")) {
        String group = new TreeSet<>(groups).first();
        label = "{any: is_fraud, within: 7d, group: %s}, inputs: [%s_n_1d]".formatted(group, group);
      }
      yaml.append("train: {model: {name: m, kind: logistic}, label: ").append(label);
      yaml.append(", snapshots: ").append(snapshots).append(", split: {by: hash}}\n");
    }
    if (scores) {
      yaml.append("score: {rows: ").append(rows).append(", model: registry:m");
      if (rows.equals("events")) {
        yaml.append(", keep: txn_id");
      } else {
        yaml.append(", group: ").append(new TreeSet<>(groups).first());
      }
      yaml.append("}\n");
    }
    yaml.append("schedule: {").append(schedule);
    yaml.append(trains || scores ? ", train: friday" : "").append("}\n");
    return new Spec(yaml.toString(), source.settings());
  }

  /** Where input comes from, and results go to. */
  private record Source(
      String path, String landed, String warehouse, Map<String, String> settings) {}

  private static Arbitrary<Source> sources() {
    Arbitrary<String> paths =
        Arbitraries.of(
            "/landing/${date}",
            "/landing/${date-2d:yyyy/MM/dd}/*.csv",
            "/landing/${date:yyyyMMdd}/${date+1d}",
            "/landing/${date:yy-DDD}",
            "/landing/*/x${date}.csv",
            "/landing/a b,#/${date}",
            "s3a://bucket/$${x}/${date}",
            "hdfs://other/landing/${date}.csv",
            "/landing/${date:yyyy.DDD}");
    Arbitrary<String> landed =
        Arbitraries.of("", ", settle: 1m", ", done_flag: _DONE-1", ", missing: empty");
    return Combinators.combine(paths, landed, Arbitraries.of(true, false))
        .as(
            (path, land, isSet) ->
                new Source(
                    path,
                    path.matches(".*(/\\*/|\\$\\$).*") && land.contains("done_flag") ? "" : land,
                    isSet ? "${ware.house-1}/x" : "/warehouse",
                    isSet ? Map.of("ware.house-1", "hdfs://nn:8020/w") : Map.of()));
  }

  private static Arbitrary<String> schedules() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1439),
            Arbitraries.of("today", "yesterday"),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(
                "", ", queue: root.nightly-1", ", mail: [a@b.c]", ", wait_for_input: 1m"))
        .as(
            (minute, process, retries, rest) ->
                "at: \"%s\", process: %s, retries: %d%s"
                    .formatted(LocalTime.ofSecondOfDay(minute * 60L), process, retries, rest));
  }
}
