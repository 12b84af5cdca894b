package io.millrace.job.train.glm;

import io.millrace.learn.glm.GlmFit;
import io.millrace.learn.glm.GlmShape;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.Sums;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparedInput;

/** What a fit takes in memory, before there is one. */
public final class GlmMemory {
  /** Label, weight, and where the row begins, twice. */
  private static final int BYTES_A_ROW = 24;

  /** A value and its column. */
  private static final int BYTES_A_VALUE = 12;

  /** While a group is summed, products of columns are held twice: dense and packed. */
  private static final int SUMS_OF_A_GROUP = 4;

  private GlmMemory() {}

  /** What rows take at most; less where values are 0 or 1. */
  public static long rowsBytes(Preparation preparation, long rows) {
    long values = 0;
    for (PreparedInput input : preparation.inputs()) {
      // of several columns of an input, one has the value, and another may say that it is missing
      values += Math.min(2, input.columns().size());
    }
    return rows * (BYTES_A_ROW + BYTES_A_VALUE * values);
  }

  /** What a group of rows takes that are summed together. */
  public static long groupBytes(GlmSettings settings) {
    return rowsBytes(settings.examples().preparation(), RowGroups.rows(settings.shape()));
  }

  /** What sums take while a task adds those of so many files. */
  public static long sumsBytes(GlmShape shape, int files) {
    int depth = Integer.SIZE - Integer.numberOfLeadingZeros(files);
    return (long) Double.BYTES * Sums.length(shape, order(shape)) * (depth + SUMS_OF_A_GROUP);
  }

  /** The most that is asked of rows. */
  private static Order order(GlmShape shape) {
    return GlmFit.usesHessian(shape) ? Order.HESSIAN : Order.DIAGONAL;
  }
}
