package io.millrace.plan;

import io.millrace.model.ModelInputs;
import io.millrace.model.ModelOutput;
import io.millrace.spec.ScoreSpec.Missing;
import java.util.stream.Collectors;

/**
 * How a model is fed and read, in words that a person understands and that are kept in manifests: a
 * change of them makes scores stale.
 */
final class ModelText {
  private ModelText() {}

  /** Such as {@code x: FLOAT [amount, hour (NULL is NaN)]}. */
  static String of(ModelInputs inputs) {
    String tensors = inputs.tensors().stream().map(ModelText::of).collect(Collectors.joining("; "));
    return inputs.singleRows() ? tensors + "; row by row" : tensors;
  }

  /** Such as {@code probabilities[1]}. */
  static String of(ModelOutput output) {
    String column = output.column().isPresent() ? "[" + output.column().getAsInt() + "]" : "";
    String tensor = output.tensor().equals(output.name()) ? "" : " of " + output.tensor();
    return "%s%s%s: %s".formatted(output.name(), column, tensor, output.element());
  }

  private static String of(ModelInputs.Tensor tensor) {
    String feeds = tensor.feeds().stream().map(ModelText::of).collect(Collectors.joining(", "));
    return "%s: %s %s"
        .formatted(tensor.name(), tensor.element(), tensor.matrix() ? "[" + feeds + "]" : feeds);
  }

  private static String of(ModelInputs.Feed feed) {
    Missing missing = feed.missing();
    if (missing instanceof Missing.Value value) {
      return "%s (NULL is %s)".formatted(feed.column(), value.value());
    }
    if (missing instanceof Missing.EmptyText) {
      return feed.column() + " (NULL is '')";
    }
    return feed.column()
        + (missing instanceof Missing.NotANumber ? " (NULL is NaN)" : " (NULL is not scored)");
  }
}
