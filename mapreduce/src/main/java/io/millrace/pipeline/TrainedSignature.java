package io.millrace.pipeline;

import io.millrace.model.ElementType;
import io.millrace.model.ModelMemory;
import io.millrace.model.ModelSignature;
import io.millrace.model.ValueType;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a model takes and gives that is trained now, before there is any. */
final class TrainedSignature {
  private static final ModelMemory UNKNOWN = new ModelMemory(0, 0);

  private TrainedSignature() {}

  /** An input a column, of its name; and the score. */
  static ModelSignature of(Training training) {
    ElementType score =
        switch (training.target()) {
          case BINARY, NUMBER -> ElementType.DOUBLE;
          case CLASSES -> ElementType.STRING;
        };
    return new ModelSignature(
        training.inputs().stream().map(TrainedSignature::input).toList(),
        List.of(value(Scoring.SCORE, score)),
        UNKNOWN);
  }

  private static ModelSignature.Value input(Column column) {
    boolean text = column.type().kind() == Kind.STRING;
    return value(column.name(), text ? ElementType.STRING : ElementType.DOUBLE);
  }

  private static ModelSignature.Value value(String name, ElementType element) {
    return new ModelSignature.Value(
        name,
        new ValueType.Tensor(
            element, Optional.of(List.of(OptionalLong.empty(), OptionalLong.of(1)))));
  }
}
