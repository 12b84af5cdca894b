package io.millrace.pipeline;

import io.millrace.model.BoundModel;
import io.millrace.model.ModelBinder;
import io.millrace.model.card.ModelCard;
import io.millrace.row.RowType;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Binds a version of a registered model to the columns that a pipeline has now. */
final class VersionBinder {
  private VersionBinder() {}

  /**
   * Binds scoring to a version.
   *
   * @throws IllegalArgumentException where it takes columns that there are not, or are of another
   *     type
   */
  static BoundScoring bind(Pipeline pipeline, ModelCard card) {
    BoundScoring asTrainedNow = pipeline.scoring().orElseThrow();
    List<String> keep = asTrainedNow.scoring().keep();
    ScoringModel model =
        new ScoringModel.Version(card.name(), card.version(), card.onnx().sha256());
    if (asTrainedNow.rows() instanceof ScoredRows.Entities entities) {
      RowType features = entities.group().featureType();
      BoundModel bound = bind(pipeline, card, features);
      return new BoundScoring(
          entities,
          new Scoring(features, bound.inputs(), bound.output(), keep),
          model,
          card.onnx().memory());
    }
    RowType clean = pipeline.cleaning().rows();
    RowType columns = JoinedRows.available(clean, pipeline.groups());
    BoundModel bound = bind(pipeline, card, columns);
    return BoundScoring.ofEvents(
        clean,
        pipeline.groups(),
        new Scoring(columns, bound.inputs(), bound.output(), keep),
        model,
        card.onnx().memory());
  }

  private static BoundModel bind(Pipeline pipeline, ModelCard card, RowType columns) {
    ScoreSpec spec = pipeline.spec().score().orElseThrow();
    List<Problem> problems = new ArrayList<>();
    Optional<BoundModel> bound = ModelBinder.bind(card.signature(), spec, columns, problems);
    return bound.orElseThrow(
        () ->
            new IllegalArgumentException(
                "version %s of the model %s does not fit the pipeline: %s"
                    .formatted(
                        card.version(),
                        card.name(),
                        problems.stream()
                            .map(Problem::message)
                            .collect(Collectors.joining("; ")))));
  }
}
