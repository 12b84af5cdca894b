package io.millrace.spec;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A whole pipeline as its author wrote it, defaults filled in.
 *
 * @param file the path or URI the spec was read from; files that it names are relative to it
 * @param features in the order of the file
 * @param profile whether it is noted what columns are like
 */
public record PipelineSpec(
    String file,
    Located<String> name,
    Located<String> warehouse,
    ZoneId timezone,
    SourceSpec source,
    CleanSpec clean,
    List<FeatureGroupSpec> features,
    Optional<ScoreSpec> score,
    boolean profile) {
  public PipelineSpec {
    features = List.copyOf(features);
  }
}
