package io.millrace.oozie;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;

/** An Oozie server, as its clients see it. */
public final class OozieServer {
  private static final String WHERE =
      "Expected the address of an Oozie server, such as http://host:11000/oozie (--oozie URL, or OOZIE_URL)";
  private static final int BUNDLES_ASKED_FOR = 50;
  private static final String NO_SUCH_JOB = "E0604";

  private final String url;
  private final String user;
  private final OozieClient client;

  private OozieServer(String url, String user) {
    this.url = url;
    this.user = user;
    client = new OozieConnection(url, user);
  }

  /**
   * The server at an address. Nothing is asked of it yet.
   *
   * @throws IllegalArgumentException where that is no address
   */
  public static OozieServer at(String url) throws IOException {
    try {
      URI uri = new URI(url);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isHttp || uri.getHost() == null) {
        throw new URISyntaxException(url, "it names no host");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Cannot ask Oozie at %s. %s.".formatted(url, WHERE), e);
    }
    return new OozieServer(url, UserGroupInformation.getCurrentUser().getShortUserName());
  }

  public String url() {
    return url;
  }

  /** The bundles of a name, newest first, without their coordinators. */
  public List<Bundle> bundles(String name) throws OozieException {
    return ask(
        "list the bundles of " + name,
        () ->
            client.getBundleJobsInfo("name=" + name, 1, BUNDLES_ASKED_FOR).stream()
                .map(Answers::bundle)
                .toList());
  }

  /** A bundle with its coordinators, without what these have done. */
  public Bundle bundle(String id) throws OozieException {
    return ask("show the bundle " + id, () -> Answers.bundle(client.getBundleJobInfo(id)));
  }

  /** A coordinator with its newest actions. */
  public Coordinator coordinator(String id, int actions) throws OozieException {
    return ask(
        "show the coordinator " + id,
        () -> Answers.coordinator(client.getCoordJobInfo(id, "", 1, actions, "desc")));
  }

  /** A workflow; empty where Oozie has forgotten it, as it does with old ones. */
  public Optional<Workflow> workflow(String id) throws OozieException {
    return ask(
        "show the workflow " + id,
        () -> {
          try {
            return Optional.of(Answers.workflow(client.getJobInfo(id)));
          } catch (OozieClientException e) {
            if (NO_SUCH_JOB.equals(e.getErrorCode())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Lets the server check an application and what it is submitted with, without submitting it.
   *
   * @throws OozieException with what is wrong with it
   */
  public void check(Map<String, String> properties) throws OozieException {
    String unused = ask("check the application", () -> client.dryrun(configuration(properties)));
  }

  /**
   * Submits an application and starts it.
   *
   * @return the id of the job
   */
  public String submit(Map<String, String> properties) throws OozieException {
    return ask("submit the application", () -> client.run(configuration(properties)));
  }

  /** Ends a job and all that it has started. */
  public void kill(String id) throws OozieException {
    ask(
        "end " + id,
        () -> {
          client.kill(id);
          return id;
        });
  }

  private Properties configuration(Map<String, String> properties) {
    Properties configuration = new Properties();
    properties.forEach(configuration::setProperty);
    configuration.setProperty(OozieClient.USER_NAME, user);
    return configuration;
  }

  private interface Question<T> {
    T answer() throws OozieClientException;
  }

  private <T> T ask(String what, Question<T> question) throws OozieException {
    try {
      return question.answer();
    } catch (OozieClientException e) {
      throw new OozieException(message(what, e), e);
    } catch (ClassCastException | NullPointerException e) {
      // the client takes any answer for Oozie's
      throw new OozieException("What answers at %s is not Oozie. %s.".formatted(url, WHERE), e);
    }
  }

  private String message(String what, OozieClientException e) {
    return unreachable(e)
        .map(
            reason ->
                "Cannot reach Oozie at %s: %s. Is it running there? %s."
                    .formatted(url, reason, WHERE))
        .orElseGet(() -> refused(what, e));
  }

  private String refused(String what, OozieClientException e) {
    String reason = Optional.ofNullable(root(e).getMessage()).orElse(e.getErrorCode());
    boolean isOozie = e.getErrorCode() != null && e.getErrorCode().matches("E\\d+");
    if (isOozie) {
      return "Oozie at %s refuses to %s: %s".formatted(url, what, reason);
    }
    return "Cannot %s: %s says %s. %s.".formatted(what, url, reason, WHERE);
  }

  private static Optional<String> unreachable(Throwable e) {
    for (Throwable cause : causes(e)) {
      if (cause instanceof UnknownHostException) {
        return Optional.of("there is no such host");
      }
      if (cause instanceof SocketTimeoutException) {
        return Optional.of("it does not answer in time");
      }
      if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
        return Optional.of(
            Optional.ofNullable(root(e).getMessage())
                .map(
                    message ->
                        message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1))
                .orElse("connection refused"));
      }
    }
    return Optional.empty();
  }

  private static Throwable root(Throwable e) {
    List<Throwable> causes = causes(e);
    return causes.get(causes.size() - 1);
  }

  private static List<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
