package io.millrace.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What jobs ask a cluster for, as far as the author says so. It decides how fast work is done,
 * never what comes of it.
 *
 * @param stages by the name of a stage, such as {@code partials/card}, or of all stages of a kind,
 *     such as {@code partials}; in the order of the file
 */
public record ResourcesSpec(
    Optional<String> queue, Optional<Priority> priority, Map<String, Stage> stages) {
  public ResourcesSpec {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** How urgent a job is among those of its queue, in Hadoop's words. */
  public enum Priority {
    VERY_HIGH,
    HIGH,
    NORMAL,
    LOW,
    VERY_LOW
  }

  /**
   * What the jobs of a stage ask for.
   *
   * @param mapMemoryBytes of a map's container
   * @param reduceMemoryBytes of a reduce's container
   * @param vcores of each container
   * @param splitBytes how much a map reads
   * @param runningMaps how many maps run at one time at most
   * @param runningReduces how many reduces run at one time at most
   */
  public record Stage(
      Optional<Long> mapMemoryBytes,
      Optional<Long> reduceMemoryBytes,
      Optional<Integer> vcores,
      Optional<Long> splitBytes,
      Optional<Integer> runningMaps,
      Optional<Integer> runningReduces) {
    /** Nothing is said. */
    public static Stage none() {
      return new Stage(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** What this says, and where it says nothing, what another one does. */
    Stage or(Stage other) {
      return new Stage(
          mapMemoryBytes.or(other::mapMemoryBytes),
          reduceMemoryBytes.or(other::reduceMemoryBytes),
          vcores.or(other::vcores),
          splitBytes.or(other::splitBytes),
          runningMaps.or(other::runningMaps),
          runningReduces.or(other::runningReduces));
    }
  }

  /** Nothing is said. */
  public static ResourcesSpec none() {
    return new ResourcesSpec(Optional.empty(), Optional.empty(), Map.of());
  }

  /** What is said of a stage: by its own name, and where that is silent, by that of its kind. */
  public Stage of(String stage) {
    int slash = stage.indexOf('/');
    String kind = slash < 0 ? stage : stage.substring(0, slash);
    return stages.getOrDefault(stage, Stage.none()).or(stages.getOrDefault(kind, Stage.none()));
  }
}
