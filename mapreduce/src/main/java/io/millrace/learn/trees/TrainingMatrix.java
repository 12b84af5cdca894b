package io.millrace.learn.trees;

import java.io.IOException;
import ml.dmlc.xgboost4j.java.XGBoostJNI;

/**
 * Rows in XGBoost's memory, and their labels and weights in the heap. Not thread-safe; to be
 * closed.
 */
public final class TrainingMatrix implements AutoCloseable {
  private final long handle;
  private final Labels labels;
  private final long values;

  private TrainingMatrix(long handle, Labels labels, long values) {
    this.handle = handle;
    this.labels = labels;
    this.values = values;
  }

  /**
   * Reads rows, a batch at a time, to their end; there may be none.
   *
   * @throws RowsDoNotFitException where there are too many
   */
  public static TrainingMatrix read(Examples examples, DesignColumns columns, TreesMemory memory)
      throws IOException {
    Labels labels = new Labels();
    MatrixBatches batches = new MatrixBatches(examples, columns, labels, memory);
    if (!batches.hasNext()) {
      batches.requireWhole();
      return new TrainingMatrix(0, labels, 0);
    }
    long handle = XgBoost.matrix(batches);
    TrainingMatrix matrix = new TrainingMatrix(handle, labels, batches.values());
    try {
      batches.requireWhole();
    } catch (IOException e) {
      matrix.close();
      throw e;
    }
    return matrix;
  }

  /** By which XGBoost knows it; there is none for no rows. */
  long handle() {
    if (isEmpty()) {
      throw new IllegalStateException("Cannot use a matrix without rows");
    }
    return handle;
  }

  /** Values that are known. */
  public long values() {
    return values;
  }

  Labels labels() {
    return labels;
  }

  boolean isEmpty() {
    return labels.rows() == 0;
  }

  @Override
  public void close() throws IOException {
    if (!isEmpty()) {
      XgBoost.check("free a matrix", XGBoostJNI.XGDMatrixFree(handle));
    }
  }
}
