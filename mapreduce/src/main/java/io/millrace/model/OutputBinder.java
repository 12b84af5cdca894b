package io.millrace.model;

import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Finds the value that is the score. */
final class OutputBinder {
  private static final String SCORE = "score";
  private static final String SCORE_TENSOR = "a tensor of float, double, int64 or string";

  private final ModelSignature signature;
  private final Optional<String> index;
  private final Optional<String> name;
  private final Location at;
  private final List<Problem> problems;

  OutputBinder(ModelSignature signature, ScoreSpec spec, List<Problem> problems) {
    this.signature = signature;
    this.problems = problems;
    // a registered model calls it so
    name =
        spec.output()
            .map(output -> output.value().name())
            .or(() -> spec.registered().map(registered -> SCORE));
    index = spec.output().flatMap(output -> output.value().index());
    at = spec.output().map(Located::at).orElse(spec.model().at());
  }

  Optional<ModelOutput> bind() {
    return find().flatMap(this::bind);
  }

  private Optional<ModelSignature.Value> find() {
    List<ModelSignature.Value> outputs = signature.outputs();
    if (name.isEmpty()) {
      return outputs.size() == 1
          ? Optional.of(outputs.get(0))
          : problem(
              "the model has %d outputs: %s; say which of them is the score, as in `output: %s`"
                  .formatted(outputs.size(), describe(outputs), example(outputs)));
    }
    for (ModelSignature.Value output : outputs) {
      if (output.name().equals(name.get())) {
        return Optional.of(output);
      }
    }
    List<String> names = outputs.stream().map(ModelSignature.Value::name).toList();
    return problem(
        "the model has no output `%s`; it has %s%s"
            .formatted(
                name.get(),
                describe(outputs),
                Spelling.nearest(name.get(), names)
                    .map(near -> "; did you mean `" + near + "`?")
                    .orElse("")));
  }

  private static String describe(List<ModelSignature.Value> outputs) {
    return outputs.stream().map(ModelSignature.Value::describe).collect(Collectors.joining(", "));
  }

  /** The last output, which in classifiers has the probabilities. */
  private static String example(List<ModelSignature.Value> outputs) {
    ModelSignature.Value last = outputs.get(outputs.size() - 1);
    if (last.type() instanceof ValueType.ZipMap map && !map.keys().isEmpty()) {
      return last.name() + "[" + map.keys().get(map.keys().size() - 1) + "]";
    }
    return last.name();
  }

  private Optional<ModelOutput> bind(ModelSignature.Value output) {
    // Java 17 has no patterns in switch
    if (output.type() instanceof ValueType.Tensor tensor) {
      return bindTensor(output, tensor);
    }
    if (output.type() instanceof ValueType.ZipMap map) {
      return bindMap(output, map);
    }
    return problem(
        "output %s cannot be a score; expected %s, or the map of a ZipMap"
            .formatted(output.describe(), SCORE_TENSOR));
  }

  private Optional<ModelOutput> bindTensor(ModelSignature.Value output, ValueType.Tensor tensor) {
    if (tensor.element().scoreKind().isEmpty()) {
      return problem(
          "output %s cannot be a score; expected %s".formatted(output.describe(), SCORE_TENSOR));
    }
    int rank = tensor.shape().map(List::size).orElse(2);
    if (rank != 1 && rank != 2) {
      return problem(
          "output %s cannot be a score; expected one dimension, or two: rows and columns"
              .formatted(output.describe()));
    }
    OptionalLong width =
        rank == 1
            ? OptionalLong.of(1)
            : tensor.shape().map(shape -> shape.get(1)).orElse(OptionalLong.empty());
    if (index.isEmpty()) {
      return width.isPresent() && width.getAsLong() != 1
          ? problem(
              "output %s gives %d values a row; say which is the score, as in `output: %s[%d]`"
                  .formatted(
                      output.describe(), width.getAsLong(), output.name(), width.getAsLong() - 1))
          : bound(output, output.name(), tensor.element(), OptionalInt.empty());
    }
    OptionalInt column = column(index.get());
    if (column.isEmpty() || (width.isPresent() && column.getAsInt() >= width.getAsLong())) {
      return problem(
          "output %s has no value `%s`; expected a number from 0%s"
              .formatted(
                  output.describe(),
                  index.get(),
                  width.isPresent() ? " to " + (width.getAsLong() - 1) : ""));
    }
    return bound(output, output.name(), tensor.element(), column);
  }

  private static OptionalInt column(String index) {
    return index.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(index))
        : OptionalInt.empty();
  }

  private Optional<ModelOutput> bindMap(ModelSignature.Value output, ValueType.ZipMap map) {
    if (index.isEmpty()) {
      return problem(
          "output %s gives a map for each row; say which key is the score, as in `output: %s[%s]`"
              .formatted(
                  output.describe(),
                  output.name(),
                  map.keys().isEmpty() ? "key" : map.keys().get(map.keys().size() - 1)));
    }
    int column = map.keys().indexOf(index.get());
    if (column < 0) {
      return problem(
          "output `%s` has no key `%s`; it has %s"
              .formatted(output.name(), index.get(), String.join(", ", map.keys())));
    }
    return bound(output, map.tensor(), ElementType.FLOAT, OptionalInt.of(column));
  }

  private static Optional<ModelOutput> bound(
      ModelSignature.Value output, String tensor, ElementType element, OptionalInt column) {
    return Optional.of(new ModelOutput(output.name(), tensor, element, column));
  }

  private <T> Optional<T> problem(String message) {
    problems.add(new Problem(at, message));
    return Optional.empty();
  }
}
