package io.millrace.job.score;

import io.millrace.model.ElementType;
import io.millrace.model.ModelInputs;
import io.millrace.model.ModelOutput;
import io.millrace.pipeline.Scoring;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A {@link Scoring} as plain data, for the job's configuration. */
record ScoreSettings(
    String featuresSchema,
    List<Tensor> tensors,
    boolean singleRows,
    Output output,
    List<String> keep,
    int batchRows) {

  record Tensor(String name, ElementType element, boolean matrix, List<Feed> feeds) {}

  /** One value of {@code missing}: a number, or nothing where NULL forbids a score. */
  record Feed(String column, List<Double> missing) {}

  /** No column, or one. */
  record Output(String name, String tensor, ElementType element, List<Integer> column) {}

  static ScoreSettings of(Scoring scoring, int batchRows) {
    ModelOutput output = scoring.output();
    return new ScoreSettings(
        scoring.features().toAvro().toString(),
        scoring.inputs().tensors().stream().map(ScoreSettings::plain).toList(),
        scoring.inputs().singleRows(),
        new Output(
            output.name(),
            output.tensor(),
            output.element(),
            output.column().stream().boxed().toList()),
        scoring.keep(),
        batchRows);
  }

  Scoring toScoring() {
    return new Scoring(
        RowType.fromAvro(new Schema.Parser().parse(featuresSchema)),
        new ModelInputs(tensors.stream().map(ScoreSettings::bound).toList(), singleRows),
        new ModelOutput(
            output.name(),
            output.tensor(),
            output.element(),
            output.column().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(output.column().get(0))),
        keep);
  }

  private static Tensor plain(ModelInputs.Tensor tensor) {
    return new Tensor(
        tensor.name(),
        tensor.element(),
        tensor.matrix(),
        tensor.feeds().stream()
            .map(feed -> new Feed(feed.column(), plain(feed.missing())))
            .toList());
  }

  private static List<Double> plain(Missing missing) {
    if (missing instanceof Missing.Value value) {
      return List.of(value.value());
    }
    return missing instanceof Missing.NotANumber ? List.of(Double.NaN) : List.of();
  }

  private static ModelInputs.Tensor bound(Tensor tensor) {
    return new ModelInputs.Tensor(
        tensor.name(),
        tensor.element(),
        tensor.matrix(),
        tensor.feeds().stream()
            .map(feed -> new ModelInputs.Feed(feed.column(), bound(feed.missing())))
            .toList());
  }

  private static Missing bound(List<Double> missing) {
    if (missing.isEmpty()) {
      return new Missing.Reject();
    }
    return missing.get(0).isNaN() ? new Missing.NotANumber() : new Missing.Value(missing.get(0));
  }
}
