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

  /** One value of {@code missing}: a number, or nothing where NULL forbids a score. */
  record Feed(String column, List<Double> missing) {}

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
