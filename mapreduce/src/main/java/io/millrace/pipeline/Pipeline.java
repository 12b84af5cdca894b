package io.millrace.pipeline;

import io.millrace.model.card.ModelCard;
import io.millrace.spec.PipelineSpec;
import java.util.Collection;
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

  /**
   * The same pipeline, scored by a version of its registered model.
   *
   * @throws IllegalArgumentException where the version takes columns that there are not, or are of
   *     another type
   */
  public Pipeline scoredBy(ModelCard card) {
    return with(VersionBinder.bind(this, card));
  }

  /** The same pipeline, whose events to be scored are joined to rows of these columns. */
  public Pipeline joining(Collection<String> columns) {
    return with(scoring.orElseThrow().joining(JoinedRows.of(cleaning.rows(), groups, columns)));
  }

  private Pipeline with(BoundScoring other) {
    return new Pipeline(spec, cleaning, groups, training, Optional.of(other));
  }

  /**
   * The feature group whose entities' records lie together in the clean files: the first of those
   * whose entity the key of duplicates names, or, where duplicates are told by all of a record or
   * not at all, the first. Its partials can be made in one job with the clean records.
   */
  public Optional<FeatureGroup> clustering() {
    return groups.stream().filter(group -> cleaning.keepsTogether(group.entity())).findFirst();
  }

  /** The feature group of a name; callers have it from this pipeline. */
  public FeatureGroup group(String name) {
    return groups.stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Cannot find feature group " + name));
  }
}
