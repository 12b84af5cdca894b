package io.millrace.aggregate;

import io.millrace.row.ColumnType;
import io.millrace.row.Row;

/** What a call gives, computed from a state. As little thread-safe as the aggregate it is of. */
record Result(ColumnType type, Finish finish) {
  /** The computation. */
  @FunctionalInterface
  interface Finish {
    /**
     * Puts the result into a slot.
     *
     * @throws ArithmeticException where the result's type cannot hold it
     */
    void put(GroupStates states, int word, int object, Row row, int slot);
  }
}
