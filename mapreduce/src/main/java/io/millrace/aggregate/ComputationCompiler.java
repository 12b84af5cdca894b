package io.millrace.aggregate;

import io.millrace.aggregate.Computation.Computed;
import io.millrace.expression.CompiledProgram;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.Step;
import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Compiles computations; on the client, for tasks carry no compiler. */
public final class ComputationCompiler {
  private final ExpressionCompiler compiler;

  public ComputationCompiler(ZoneId zone) {
    compiler = new ExpressionCompiler(zone);
  }

  /**
   * Compiles columns that are computed from those of a scope.
   *
   * @param filter none, or one: rows for which it is not TRUE are left out
   */
  public Computation compile(RowType scope, List<Step.Check> filter, List<Step.Assign> columns) {
    RowType layout =
        scope.with(
            scope.name(),
            columns.stream()
                .map(step -> new Column(step.column(), step.expression().type().withNullable(true)))
                .toList());
    List<Step> steps = new ArrayList<>(filter);
    steps.addAll(columns);
    List<Computed> computed = new ArrayList<>();
    for (Step.Assign step : columns) {
      computed.add(
          new Computed(
              step.column(),
              layout.column(step.column()).type(),
              columns.size() == 1 && filter.isEmpty()
                  ? CompiledProgram.empty()
                  : compiler.compile(layout, List.of(step)),
              List.copyOf(step.expression().columns())));
    }
    return new Computation(!filter.isEmpty(), compiler.compile(layout, steps), computed);
  }
}
