package io.millrace.learn.trees;

import io.millrace.learn.DesignRow;
import java.io.IOException;

/** Rows to learn from, some at a time, in their order. Not thread-safe. */
public interface Examples {
  /** Takes rows. */
  interface Sink {
    /**
     * Takes one.
     *
     * @param row reused for the next one
     * @param label 0 or 1, the number of a class, or a number
     * @param weight how much it counts; of 0 it is left out
     */
    void take(DesignRow row, double label, double weight) throws IOException;
  }

  /**
   * Hands the next rows to a sink, a few thousand at most.
   *
   * @return false where there are no more
   */
  boolean read(Sink sink) throws IOException, InterruptedException;
}
