package io.millrace.aggregate;

import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A state that is stored for the calls that are finished from it.
 *
 * @param argument what is aggregated; empty for {@code COUNT(*)}
 * @param parameters those of the calls' literals that decide what is stored
 */
public record StateCall(
    StateKind kind, Optional<TypedExpression> argument, List<BigDecimal> parameters) {
  public StateCall {
    parameters = List.copyOf(parameters);
  }

  /** The state that a call is finished from. */
  public static StateCall of(AggregateCall call) {
    StateKind kind = Aggregates.function(call.function()).state();
    return new StateCall(
        kind, call.argument(), call.parameters().subList(0, kind.parameters().size()));
  }

  /** The states of calls, each once, in the order of the calls that need them first. */
  public static List<StateCall> of(List<AggregateCall> calls) {
    return calls.stream().map(StateCall::of).distinct().toList();
  }

  /** The state as SQL. */
  public String label() {
    return kind.label(argument.map(TypedExpression::sql).orElse("*"), parameters);
  }

  /** All that decides what is stored, as text. */
  public String definition() {
    return "%s(%s%s)"
        .formatted(
            kind,
            argument.map(TypedExpression::sql).orElse("*"),
            StateKind.shown(kind.parameters(), parameters));
  }

  /** What tells a task how to keep it. */
  public StateSettings settings() {
    return new StateSettings(
        kind, argument.map(TypedExpression::type).stream().toList(), parameters, label());
  }

  /** What tells a task how to finish calls from the states of all of them. */
  public static List<ResultSettings> results(List<AggregateCall> calls) {
    List<StateCall> states = of(calls);
    List<ResultSettings> results = new ArrayList<>();
    for (AggregateCall call : calls) {
      results.add(ResultSettings.of(call, states.indexOf(of(call))));
    }
    return results;
  }
}
