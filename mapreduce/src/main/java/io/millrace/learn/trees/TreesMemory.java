package io.millrace.learn.trees;

import java.util.Locale;

/**
 * What fitting takes outside of the heap. XGBoost keeps the rows twice: as they were given, and as
 * numbers of bins, by row and by column. It can keep them on disk instead only where the rows come
 * from Python or a GPU has the bins: from Java, rows that do not fit have to be refused.
 *
 * <p>Measured with XGBoost 3.4.0 on a million rows: 11 bytes a value where all are known, 21 where
 * some are not, or are of one-hot columns; beside them 80 bytes a row.
 *
 * @param outputs of the model
 * @param limitBytes at most; 0 where there is no limit
 */
public record TreesMemory(int outputs, long limitBytes) {
  private static final long LIBRARY_BYTES = 64L << 20;
  private static final long VALUE_BYTES = 24;
  private static final long ROW_BYTES = 96;

  /** Derivatives on their way from the heap, and in it; margins. */
  private static final long OUTPUT_BYTES = 24;

  private static final long HEAP_ROW_BYTES = 12;
  private static final long HEAP_OUTPUT_BYTES = 16;
  private static final double MIB = 1 << 20;

  /** Bytes that so many rows with so many known values take at most. */
  public long nativeBytes(long rows, long values) {
    return LIBRARY_BYTES + rows * (ROW_BYTES + outputs * OUTPUT_BYTES) + values * VALUE_BYTES;
  }

  /** Bytes of the heap that so many rows take. */
  public long heapBytes(long rows) {
    return rows * (HEAP_ROW_BYTES + outputs * HEAP_OUTPUT_BYTES);
  }

  /** What is left beside rows that have been read; the library is there once. */
  public TreesMemory beside(TrainingMatrix matrix) {
    long rows = matrix.labels().rows();
    return limitBytes == 0
        ? this
        : new TreesMemory(
            outputs, Math.max(1, limitBytes + LIBRARY_BYTES - nativeBytes(rows, matrix.values())));
  }

  /**
   * Checks that what has been read so far leaves room.
   *
   * @throws RowsDoNotFitException where it does not
   */
  void check(long rows, long values) throws RowsDoNotFitException {
    long bytes = nativeBytes(rows, values);
    if (limitBytes > 0 && bytes > limitBytes) {
      throw new RowsDoNotFitException(
          String.format(
              Locale.ROOT,
              "Cannot grow trees: %,d rows with %,d values need %,.0f MiB outside of the heap, and there may be more to come, but the task has %,.0f MiB. Give it more by resources.train.map_memory, or take a share of the rows (train.sample), fewer snapshots, or fewer inputs",
              rows,
              values,
              bytes / MIB,
              limitBytes / MIB));
    }
  }

  /** Says that the heap is full. */
  RowsDoNotFitException heapIsFull(long rows) {
    return new RowsDoNotFitException(
        String.format(
            Locale.ROOT,
            "Cannot grow trees: %,d rows, and there may be more to come, need %,.0f MiB of the heap, which has %,.0f MiB. Give the task more by resources.train.map_memory, or take fewer rows",
            rows,
            heapBytes(rows) / MIB,
            Runtime.getRuntime().maxMemory() / MIB));
  }
}
