package io.millrace.expression;

import io.millrace.row.Row;

/**
 * Compiled steps, run one after the other on a row. Made for rows of {@link
 * CompiledProgram#newRow}. Not thread-safe.
 */
public interface Program {
  /** What {@link #run} returns when every check was TRUE. */
  int ALL_HELD = -1;

  /**
   * Runs all steps in order, up to the first check that is not TRUE. Sets {@link Row#step} before
   * each step.
   *
   * @return {@link #ALL_HELD}, or the index of that check among the steps
   * @throws ArithmeticException where a number has no result (overflow, LN(0))
   * @throws IllegalArgumentException where a value cannot be converted or stored
   */
  int run(Row row);
}
