package io.millrace.spec;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A whole pipeline as its author wrote it, defaults filled in.
 *
 * @param file the path or URI the spec was read from; files that it names are relative to it
 * @param features in the order of the file
 * @param train what is learnt from history
 * @param profile whether it is noted what columns are like
 * @param resources what jobs ask a cluster for
 * @param runs what is kept of runs
 * @param schedule when it runs by itself
 */
public record PipelineSpec(
    String file,
    Located<String> name,
    Located<String> warehouse,
    ZoneId timezone,
    SourceSpec source,
    CleanSpec clean,
    List<FeatureGroupSpec> features,
    Optional<TrainSpec> train,
    Optional<ScoreSpec> score,
    JoinSpec join,
    boolean profile,
    ResourcesSpec resources,
    RunsSpec runs,
    Optional<ScheduleSpec> schedule) {
  public PipelineSpec {
    features = List.copyOf(features);
  }

  /** The same pipeline, working in another warehouse. */
  public PipelineSpec withWarehouse(String path) {
    return new PipelineSpec(
        file,
        name,
        new Located<>(path, warehouse.at()),
        timezone,
        source,
        clean,
        features,
        train,
        score,
        join,
        profile,
        resources,
        runs,
        schedule);
  }

  /**
   * The same pipeline as a trial on a few records wants it: input from elsewhere, history that
   * begins on another date, absent dates that are empty, no share of wrong records that ends it,
   * features looked up in memory, no profile, nothing asked of a cluster, and no schedule.
   */
  public PipelineSpec onTrial(String sourcePath, LocalDate from) {
    return new PipelineSpec(
        file,
        name,
        warehouse,
        timezone,
        source.onTrial(sourcePath, from),
        clean.withFailAbove(BigDecimal.ONE),
        features,
        train,
        score.map(known -> known.withFailAbove(BigDecimal.ONE)),
        JoinSpec.inMemory(),
        false,
        ResourcesSpec.none(),
        runs,
        Optional.empty());
  }

  /** The same pipeline up to its features: nothing is trained or scored. */
  public PipelineSpec withoutScore() {
    return new PipelineSpec(
        file,
        name,
        warehouse,
        timezone,
        source,
        clean,
        features,
        Optional.empty(),
        Optional.empty(),
        join,
        profile,
        resources,
        runs,
        Optional.empty());
  }
}
