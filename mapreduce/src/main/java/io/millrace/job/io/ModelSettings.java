package io.millrace.job.io;

import io.millrace.model.BoundModel;
import io.millrace.model.ElementType;
import io.millrace.model.ModelInputs;
import io.millrace.model.ModelOutput;
import io.millrace.spec.ScoreSpec.Missing;
import java.util.List;
import java.util.OptionalInt;

/** A {@link BoundModel} as plain data, for a job's settings. */
public record ModelSettings(List<Tensor> tensors, boolean singleRows, Output output) {
  public ModelSettings {
    tensors = List.copyOf(tensors);
  }

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

  /** The settings of a model. */
  public static ModelSettings of(BoundModel model) {
    ModelOutput output = model.output();
    return new ModelSettings(
        model.inputs().tensors().stream().map(ModelSettings::plain).toList(),
        model.inputs().singleRows(),
        new Output(
            output.name(),
            output.tensor(),
            output.element(),
            output.column().stream().boxed().toList()));
  }

  /** The model of the settings. */
  public BoundModel toModel() {
    return new BoundModel(
        new ModelInputs(tensors.stream().map(ModelSettings::bound).toList(), singleRows),
        new ModelOutput(
            output.name(),
            output.tensor(),
            output.element(),
            output.column().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(output.column().get(0))));
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
