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

  /**
   * A column.
   *
   * @param number what its NULL becomes where that is a number
   */
  record Feed(String column, Null missing, double number) {}

  /** What a NULL becomes. */
  enum Null {
    NUMBER,
    NOT_A_NUMBER,
    EMPTY_TEXT,
    /** It forbids a score. */
    REJECTED
  }

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
        tensor.feeds().stream().map(feed -> plain(feed.column(), feed.missing())).toList());
  }

  private static Feed plain(String column, Missing missing) {
    // Java 17 has no patterns in switch
    if (missing instanceof Missing.Value value) {
      return new Feed(column, Null.NUMBER, value.value());
    }
    if (missing instanceof Missing.NotANumber) {
      return new Feed(column, Null.NOT_A_NUMBER, 0);
    }
    return new Feed(
        column, missing instanceof Missing.EmptyText ? Null.EMPTY_TEXT : Null.REJECTED, 0);
  }

  private static ModelInputs.Tensor bound(Tensor tensor) {
    return new ModelInputs.Tensor(
        tensor.name(),
        tensor.element(),
        tensor.matrix(),
        tensor.feeds().stream()
            .map(feed -> new ModelInputs.Feed(feed.column(), missing(feed)))
            .toList());
  }

  private static Missing missing(Feed feed) {
    return switch (feed.missing()) {
      case NUMBER -> new Missing.Value(feed.number());
      case NOT_A_NUMBER -> new Missing.NotANumber();
      case EMPTY_TEXT -> new Missing.EmptyText();
      case REJECTED -> new Missing.Reject();
    };
  }
}
