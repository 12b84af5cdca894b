package io.millrace.learn.glm;

import java.io.IOException;

/**
 * Sums over all training rows, whoever adds them. The same coefficients give the same sums to the
 * bit: rows of a file are added in their order, then the files' sums in an order that follows from
 * their numbers alone.
 */
public interface RowSums {
  /**
   * Sums at a point.
   *
   * @param coefficients as {@link GlmShape} lays them out; not changed, not kept
   */
  Sums at(double[] coefficients, Order order) throws IOException, InterruptedException;
}
