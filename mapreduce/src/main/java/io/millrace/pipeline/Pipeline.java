package io.millrace.pipeline;

import io.millrace.spec.PipelineSpec;
import java.util.List;
import java.util.Optional;

/**
 * A spec and all that follows from it and its schemas.
 *
 * @param groups in the order of the spec
 */
public record Pipeline(
    PipelineSpec spec,
    Cleaning cleaning,
    List<FeatureGroup> groups,
    Optional<BoundScoring> scoring) {
  public Pipeline {
    groups = List.copyOf(groups);
  }

  /** The feature group of a name; callers have it from this pipeline. */
  public FeatureGroup group(String name) {
    return groups.stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Cannot find feature group " + name));
  }
}
