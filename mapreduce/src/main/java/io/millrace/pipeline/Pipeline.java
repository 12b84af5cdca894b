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
    Optional<Training> training,
    Optional<BoundScoring> scoring) {
  public Pipeline {
    groups = List.copyOf(groups);
  }

  /**
   * The same pipeline for a share of the entities, in a warehouse of their own below the
   * pipeline's.
   */
  public Pipeline sampled(Sample sample) {
    String warehouse = spec.warehouse().value();
    String home = warehouse.endsWith("/") ? warehouse : warehouse + "/";
    return new Pipeline(
        spec.withWarehouse(home + "_sample/" + sample.folder()),
        cleaning.sampled(sample),
        groups,
        training,
        scoring);
  }

  /** The feature group of a name; callers have it from this pipeline. */
  public FeatureGroup group(String name) {
    return groups.stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Cannot find feature group " + name));
  }
}
