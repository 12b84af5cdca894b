package io.millrace.expression;

import io.millrace.expression.code.Bytecode;
import io.millrace.expression.code.ProgramSource;
import io.millrace.expression.code.StepCode;
import io.millrace.expression.sql.AggregateTyping;
import io.millrace.expression.sql.Front;
import io.millrace.expression.sql.SplitAggregates;
import io.millrace.expression.sql.SqlProblem;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Parses, types and compiles expressions on the client. Not thread-safe. */
public final class ExpressionCompiler {
  private final ZoneId zone;
  private final Front front;

  /**
   * @param zone in which timestamps are taken apart and read
   */
  public ExpressionCompiler(ZoneId zone) {
    this.zone = zone;
    this.front = new Front(zone);
  }

  /** Parses an expression over the columns of a row. */
  public TypedExpression parse(String sql, RowType scope) throws ExpressionException {
    try {
      return new TypedExpression(sql, front.parse(sql, scope));
    } catch (SqlProblem e) {
      throw problem(e);
    }
  }

  /** Parses an expression that must be BOOLEAN. */
  public TypedExpression parseCondition(String sql, RowType scope) throws ExpressionException {
    try {
      return new TypedExpression(sql, front.parseCondition(sql, scope));
    } catch (SqlProblem e) {
      throw problem(e);
    }
  }

  /** Parses an expression over aggregate calls and splits it at them. */
  public AggregateExpression parseAggregate(String sql, RowType scope, AggregateTyping typing)
      throws ExpressionException {
    try {
      SplitAggregates split = front.parseAggregate(sql, scope, typing);
      List<AggregateCall> calls = new ArrayList<>();
      for (SplitAggregates.Call call : split.calls()) {
        calls.add(
            new AggregateCall(
                call.function(),
                call.argument()
                    .map(argument -> new TypedExpression(argument.sql(), argument.tree())),
                call.parameters()));
      }
      TypedExpression finish = new TypedExpression(split.finishSql(), split.finish());
      return new AggregateExpression(sql, calls, split.finishSql(), split.results(), finish);
    } catch (SqlProblem e) {
      throw problem(e);
    }
  }

  private static ExpressionException problem(SqlProblem e) {
    return new ExpressionException(String.valueOf(e.getMessage()), e.line(), e.column());
  }

  /**
   * Compiles steps.
   *
   * @param layout has all columns that the expressions read, and those that they are assigned to
   * @throws IllegalArgumentException where a column is missing or of another kind, a value does not
   *     go into its column, or a check is not BOOLEAN
   */
  public CompiledProgram compile(RowType layout, List<Step> steps) {
    if (steps.isEmpty()) {
      return CompiledProgram.empty();
    }
    List<StepCode> code = new ArrayList<>();
    for (Step step : steps) {
      step.expression().tree().checkLayout(layout);
      if (step instanceof Step.Assign assign) {
        code.add(assign(layout, assign));
      } else if (step instanceof Step.Check check) {
        code.add(check(check));
      }
    }
    ProgramSource source = ProgramSource.write(Program.class, zone.getId(), layout, code);
    return new CompiledProgram(
        source.className(),
        Bytecode.compile(source, Program.class.getClassLoader()),
        source.constants());
  }

  private static StepCode assign(RowType layout, Step.Assign step) {
    Column column = layout.column(step.column());
    if (!step.expression().isAssignableTo(column.type())) {
      throw new IllegalArgumentException(
          "Cannot store %s in column %s: it is %s, and %s gives %s; CAST it"
              .formatted(
                  step.name(),
                  column.name(),
                  column.type().sqlName(),
                  step.expression().sql(),
                  step.expression().type().sqlName()));
    }
    return new StepCode.Assign(step.name(), step.expression().tree(), column);
  }

  private static StepCode check(Step.Check step) {
    if (step.expression().type().kind() != Kind.BOOLEAN) {
      throw new IllegalArgumentException(
          "Cannot check %s: %s is not BOOLEAN but %s"
              .formatted(step.name(), step.expression().sql(), step.expression().type().sqlName()));
    }
    return new StepCode.Check(step.name(), step.expression().tree());
  }
}
