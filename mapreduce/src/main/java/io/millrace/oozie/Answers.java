package io.millrace.oozie;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.WorkflowJob;
import org.jspecify.annotations.Nullable;

/** What Oozie answers, as records. Oozie leaves out what is not there. */
final class Answers {
  private Answers() {}

  static Bundle bundle(BundleJob job) {
    List<Coordinator> coordinators = new ArrayList<>();
    for (CoordinatorJob coordinator : orEmpty(job.getCoordinators())) {
      coordinators.add(coordinator(coordinator));
    }
    return new Bundle(
        job.getId(),
        text(job.getAppName()).orElse(""),
        text(job.getUser()).orElse(""),
        JobStatus.valueOf(job.getStatus().name()),
        text(job.getAppPath()).orElse(""),
        time(job.getCreatedTime()),
        text(job.getConf()).map(Answers::configuration).orElse(Map.of()),
        coordinators);
  }

  static Coordinator coordinator(CoordinatorJob job) {
    List<CoordinatorAction> actions = new ArrayList<>();
    for (org.apache.oozie.client.CoordinatorAction action : orEmpty(job.getActions())) {
      actions.add(action(action));
    }
    actions.sort(Comparator.comparing(CoordinatorAction::nominalTime));
    return new Coordinator(
        text(job.getId()).orElse(""),
        text(job.getAppName()).orElse(""),
        text(job.getUser()).orElse(""),
        JobStatus.valueOf(job.getStatus().name()),
        time(job.getStartTime()),
        time(job.getEndTime()),
        time(job.getNextMaterializedTime()),
        actions);
  }

  private static CoordinatorAction action(org.apache.oozie.client.CoordinatorAction action) {
    return new CoordinatorAction(
        action.getActionNumber(),
        action.getNominalTime().toInstant(),
        CoordinatorAction.Status.valueOf(action.getStatus().name()),
        missing(action.getMissingDependencies()),
        text(action.getExternalId()),
        error(action.getErrorCode(), action.getErrorMessage()));
  }

  /** URIs with {@code #} between them; behind an exclamation mark what depends on them. */
  private static List<String> missing(@Nullable String uris) {
    List<String> missing = new ArrayList<>();
    for (String part : text(uris).orElse("").split("[#;!]", -1)) {
      if (!part.isBlank()) {
        missing.add(part.strip());
      }
    }
    return missing;
  }

  static Workflow workflow(WorkflowJob job) {
    List<WorkflowAction> actions = new ArrayList<>();
    for (org.apache.oozie.client.WorkflowAction action : orEmpty(job.getActions())) {
      actions.add(action(action));
    }
    actions.sort(
        Comparator.comparing(
            action -> action.start().orElse(Instant.MAX), Comparator.naturalOrder()));
    return new Workflow(
        job.getId(),
        Workflow.Status.valueOf(job.getStatus().name()),
        time(job.getStartTime()),
        time(job.getEndTime()),
        actions);
  }

  private static WorkflowAction action(org.apache.oozie.client.WorkflowAction action) {
    return new WorkflowAction(
        action.getName(),
        action.getType(),
        WorkflowAction.Status.valueOf(action.getStatus().name()),
        time(action.getStartTime()),
        time(action.getEndTime()),
        text(action.getData()).map(Answers::properties).orElse(Map.of()),
        action.getUserRetryCount(),
        action.getUserRetryMax(),
        error(action.getErrorCode(), action.getErrorMessage()));
  }

  private static Map<String, String> properties(String data) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      // an action that is not ours
      return Map.of();
    }
    Map<String, String> map = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }

  /** Hadoop's form of a configuration. */
  private static Map<String, String> configuration(String xml) {
    Configuration configuration = new Configuration(false);
    configuration.addResource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> map = new HashMap<>();
    for (Map.Entry<String, String> property : configuration) {
      // what stands in another property is taken from there
      map.put(property.getKey(), configuration.get(property.getKey(), property.getValue()));
    }
    return map;
  }

  private static Optional<String> error(@Nullable String code, @Nullable String message) {
    return text(message).or(() -> text(code));
  }

  private static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(given -> !given.isBlank() && !given.equals("null"));
  }

  private static Optional<Instant> time(@Nullable Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
