package io.millrace.job.train.glm;

import io.millrace.learn.DesignRow;
import io.millrace.learn.glm.GlmFit;
import io.millrace.learn.glm.GlmRows;
import io.millrace.learn.glm.GlmShape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows of a file into groups that are summed one after the other. How many rows make a
 * group follows from the number of coefficients alone, since it decides the bits of the sums; it is
 * so that a sum over a group takes seconds at most, after which a task can give a sign of life. Not
 * thread-safe.
 */
final class RowGroups {
  /** Takes a group that is full, or the last one of a file. */
  interface Sink {
    void take(GlmRows group) throws IOException, InterruptedException;
  }

  private static final int MOST_ROWS = 1 << 16;
  private static final int LEAST_ROWS = 1 << 12;

  /** Of second derivatives, about so many products a group. */
  private static final long PRODUCTS = 1L << 33;

  private final GlmShape shape;
  private final int groupRows;
  private final Sink sink;
  private @Nullable GlmRows group;

  RowGroups(GlmShape shape, Sink sink) {
    this.shape = shape;
    this.sink = sink;
    groupRows = rows(shape);
  }

  /** How many rows make a group. */
  static int rows(GlmShape shape) {
    if (!GlmFit.usesHessian(shape)) {
      return MOST_ROWS;
    }
    long square = (long) shape.coefficients() * shape.coefficients();
    long rows = PRODUCTS / square / LEAST_ROWS * LEAST_ROWS;
    return (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, rows));
  }

  /** Adds a row, of the same file. */
  void add(DesignRow row, double label, double weight) throws IOException, InterruptedException {
    GlmRows current = group;
    if (current == null) {
      current = new GlmRows(shape);
      group = current;
    }
    current.add(row, label, weight);
    if (current.rows() == groupRows) {
      endFile();
    }
  }

  /** The rows that the current group takes in memory. */
  long bytes() {
    return group == null ? 0 : group.bytes();
  }

  /** Says that the rows that follow are those of another file. */
  void endFile() throws IOException, InterruptedException {
    if (group != null) {
      GlmRows full = group;
      group = null;
      sink.take(full);
    }
  }
}
