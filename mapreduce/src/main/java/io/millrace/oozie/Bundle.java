package io.millrace.oozie;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle that was submitted.
 *
 * @param properties what it was submitted with
 * @param coordinators in the order of Oozie; empty in a list of bundles
 */
public record Bundle(
    String id,
    String name,
    String user,
    JobStatus status,
    String path,
    Optional<Instant> created,
    Map<String, String> properties,
    List<Coordinator> coordinators) {
  public Bundle {
    properties = Map.copyOf(properties);
    coordinators = List.copyOf(coordinators);
  }
}
