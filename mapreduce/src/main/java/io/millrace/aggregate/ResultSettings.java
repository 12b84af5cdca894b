package io.millrace.aggregate;

import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is finished from a state, as plain data that travels to the tasks.
 *
 * @param state the number of the state
 * @param parameters the literals that the state does not know
 * @param label the call as SQL, for messages
 */
public record ResultSettings(
    int state, AggregateFunction function, List<BigDecimal> parameters, String label) {
  public ResultSettings {
    parameters = List.copyOf(parameters);
  }

  static ResultSettings of(AggregateCall call, int state) {
    AggregateFunction function = Aggregates.function(call.function());
    return new ResultSettings(
        state,
        function,
        call.parameters().subList(function.state().parameters().size(), call.parameters().size()),
        label(call));
  }

  /**
   * All that decides the result of a call apart from its state, as text around the state's name.
   */
  public static String definition(AggregateCall call, String state) {
    AggregateFunction function = Aggregates.function(call.function());
    int ofState = function.state().parameters().size();
    return function.isPlain()
        ? state
        : "%s(%s%s)"
            .formatted(
                function,
                state,
                StateKind.shown(
                    function.parameters().subList(ofState, function.parameters().size()),
                    call.parameters().subList(ofState, call.parameters().size())));
  }

  /** A call as SQL. */
  public static String label(AggregateCall call) {
    return Aggregates.function(call.function())
        .label(call.argument().map(TypedExpression::sql).orElse("*"), call.parameters());
  }
}
