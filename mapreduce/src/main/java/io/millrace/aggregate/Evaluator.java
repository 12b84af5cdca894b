package io.millrace.aggregate;

import io.millrace.aggregate.Computation.Computed;
import io.millrace.expression.CompiledProgram;
import io.millrace.expression.Program;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a computation on rows. A column whose expression fails becomes NULL, which is counted; the
 * others are computed all the same. Not thread-safe.
 */
public final class Evaluator {
  /** What became of a row. */
  public enum Outcome {
    COMPUTED,
    /** The filter was not TRUE. */
    FILTERED,
    /** The filter could not be computed. */
    FILTER_FAILED
  }

  private static final int FILTER_STEP = 0;

  private final Computation computation;
  private final RowType layout;
  private final Program program;
  private final int scopeSize;
  private @Nullable Single @Nullable [] singles;
  private long failures;
  private @Nullable String firstFailure;

  /** A column's own program needs a row of its own, with the program's constants. */
  private record Single(Program program, Row row) {}

  public Evaluator(RowType scope, Computation computation) {
    this.computation = computation;
    scopeSize = scope.size();
    layout = computation.layout(scope);
    program = computation.program().load();
  }

  /** The columns of the rows to evaluate. */
  public RowType layout() {
    return layout;
  }

  public Row newRow() {
    return computation.program().newRow(layout.size());
  }

  public Outcome evaluate(Row row) {
    try {
      return program.run(row) == Program.ALL_HELD ? Outcome.COMPUTED : Outcome.FILTERED;
    } catch (ArithmeticException | IllegalArgumentException e) {
      if (computation.filtered() && row.step == FILTER_STEP) {
        remember("filter", e);
        return Outcome.FILTER_FAILED;
      }
      evaluateOneByOne(row);
      return Outcome.COMPUTED;
    }
  }

  /** Makes NULL what was computed from a column of the scope that has no value, where NULL lies. */
  void setNullWhatReads(String column, Row row) {
    for (int i = 0; i < computation.columns().size(); i++) {
      if (computation.columns().get(i).reads().contains(column)) {
        row.setNull(scopeSize + i);
      }
    }
  }

  /** How many values of columns could not be computed. */
  public long failures() {
    return failures;
  }

  /** What was wrong first, for a person. */
  public Optional<String> firstFailure() {
    return Optional.ofNullable(firstFailure);
  }

  private void evaluateOneByOne(Row row) {
    for (int i = 0; i < computation.columns().size(); i++) {
      int slot = scopeSize + i;
      Single single = single(i);
      copyScope(row, single.row());
      try {
        single.program().run(single.row());
        copy(single.row(), row, slot);
      } catch (ArithmeticException | IllegalArgumentException e) {
        row.setNull(slot);
        failures++;
        remember(computation.columns().get(i).column(), e);
      }
    }
  }

  private Single single(int column) {
    if (singles == null) {
      singles = new Single[computation.columns().size()];
    }
    Single single = singles[column];
    if (single == null) {
      Computed computed = computation.columns().get(column);
      CompiledProgram alone =
          computed.alone().className().isEmpty() ? computation.program() : computed.alone();
      single = new Single(alone.load(), alone.newRow(layout.size()));
      singles[column] = single;
    }
    return single;
  }

  private void copyScope(Row from, Row to) {
    to.clear();
    for (int slot = 0; slot < scopeSize; slot++) {
      copy(from, to, slot);
    }
  }

  private void copy(Row from, Row to, int slot) {
    copy(layout.columns().get(slot).type(), from, slot, to, slot);
  }

  /** Copies a value from one row to another. */
  static void copy(ColumnType type, Row from, int slot, Row to, int target) {
    if (from.nulls[slot]) {
      to.setNull(target);
      return;
    }
    switch (type.kind().storage()) {
      case LONG -> to.setLong(target, from.longs[slot]);
      case DOUBLE -> to.setDouble(target, from.doubles[slot]);
      case SLICE -> {
        int length = from.lengths[slot];
        int start = to.allocate(length);
        System.arraycopy(from.bytes, from.offsets[slot], to.bytes, start, length);
        to.setSlice(target, start, length);
      }
    }
  }

  private void remember(String what, RuntimeException failure) {
    if (firstFailure == null) {
      firstFailure = what + ": " + failure.getMessage();
    }
  }
}
