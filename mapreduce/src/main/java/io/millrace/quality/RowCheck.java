package io.millrace.quality;

import io.millrace.expression.Program;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.row.ValueText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Repairs, derives and checks a row, then looks at its event time. The first thing that is wrong
 * gives the rejection. Not thread-safe.
 */
public final class RowCheck {
  private final RowType rows;
  private final Program program;
  private final List<StepText> steps;
  private final @Nullable EventTimeLimits eventTimeLimits;

  /**
   * @param rows the columns of the rows that are checked
   * @param steps of the program, in its order
   * @param eventTimeLimits null where no column says when a record happened
   */
  public RowCheck(
      RowType rows,
      Program program,
      List<StepText> steps,
      @Nullable EventTimeLimits eventTimeLimits) {
    this.rows = rows;
    this.program = program;
    this.steps = List.copyOf(steps);
    this.eventTimeLimits = eventTimeLimits;
  }

  /** Why the row is not taken, or null: then it is a clean row. */
  public @Nullable Rejection check(Row row) {
    int failed;
    try {
      failed = program.run(row);
    } catch (ArithmeticException | IllegalArgumentException e) {
      StepText step = steps.get(row.step);
      return new Rejection(
          step.name(), "cannot compute " + step.sql() + ": " + e.getMessage() + values(step, row));
    }
    if (failed != Program.ALL_HELD) {
      StepText step = steps.get(failed);
      return new Rejection(step.name(), step.sql() + " is not TRUE" + values(step, row));
    }
    return eventTimeLimits == null ? null : eventTimeLimits.check(row);
  }

  private String values(StepText step, Row row) {
    StringBuilder values = new StringBuilder();
    for (String column : step.columns()) {
      String value = ValueText.of(row, rows.slot(column), rows.column(column).type());
      values.append(values.isEmpty() ? "; " : ", ").append(column).append(" = ").append(value);
    }
    return values.toString();
  }
}
