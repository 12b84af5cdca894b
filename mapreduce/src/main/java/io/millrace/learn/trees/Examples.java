package io.millrace.learn.trees;

import io.millrace.learn.DesignRow;
import java.io.IOException;

/** Rows to learn from, one after the other. Not thread-safe. */
public interface Examples {
  /**
   * Moves to the next row.
   *
   * @param row replaced by what is known of it
   * @return false behind the last one
   */
  boolean next(DesignRow row) throws IOException;

  /** Of the row: 0 or 1, the number of a class, or a number. */
  double label();

  /** Of the row: how much it counts, more than 0. */
  double weight();
}
