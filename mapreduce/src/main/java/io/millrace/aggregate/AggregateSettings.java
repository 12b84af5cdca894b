package io.millrace.aggregate;

import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import io.millrace.row.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * An aggregate call as plain data that travels to the tasks.
 *
 * @param function its name in upper case
 * @param arguments type of the argument; none for {@code COUNT(*)}
 * @param label the call as a person wrote it, for messages
 */
public record AggregateSettings(String function, List<ColumnType> arguments, String label) {
  public AggregateSettings {
    arguments = List.copyOf(arguments);
  }

  /**
   * The settings of a call.
   *
   * @throws IllegalArgumentException where there is no such aggregate
   */
  public static AggregateSettings of(AggregateCall call) {
    Optional<TypedExpression> argument = call.argument();
    AggregateSettings settings =
        new AggregateSettings(
            call.function(),
            argument.map(TypedExpression::type).stream().toList(),
            "%s(%s%s)"
                .formatted(
                    call.function().equals(Aggregates.SUM_DOUBLE)
                        ? Aggregates.SUM
                        : call.function(),
                    call.distinct() ? "DISTINCT " : "",
                    argument.map(TypedExpression::sql).orElse("*")));
    if (call.distinct() && !Aggregates.isSameForDistinct(call.function())) {
      throw new IllegalArgumentException(
          "Cannot compute " + settings.label() + ": DISTINCT works with MIN and MAX only");
    }
    return settings;
  }
}
