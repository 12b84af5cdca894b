package io.millrace.learn.trees;

import io.millrace.learn.DesignRow;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts rows into batches on their way to XGBoost. Columns of zeros and ones keep their ones alone,
 * as one-hot columns would fill the memory with zeros: there, not known means 0. Of all others,
 * zeros are kept, and what is not known is left out. Not thread-safe.
 */
final class MatrixBatches implements Iterator<MatrixBatch> {
  private static final int ROWS = 4096;

  private final Examples examples;
  private final DesignColumns columns;
  private final int[] numbers;
  private final Labels labels;
  private final TreesMemory memory;
  private final DesignRow row;
  private @Nullable MatrixBatch next;
  private @Nullable IOException failure;
  private boolean ended;
  private long[] offsets = new long[ROWS + 1];
  private int[] indices = new int[ROWS];
  private float[] values = new float[ROWS];
  private int entries;
  private long allEntries;

  /**
   * @param labels those of the rows are added to it
   */
  MatrixBatches(Examples examples, DesignColumns columns, Labels labels, TreesMemory memory) {
    this.examples = examples;
    this.columns = columns;
    numbers = columns.numbers();
    this.labels = labels;
    this.memory = memory;
    row = new DesignRow(columns.width());
  }

  /** Native code asks, which must not be thrown at: a failure ends the rows. */
  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = read();
      } catch (IOException e) {
        fail(e);
      } catch (RuntimeException | Error e) {
        fail(new IOException(e.toString(), e));
      }
    }
    return next != null;
  }

  private void fail(IOException reason) {
    failure = reason;
    ended = true;
  }

  @Override
  public MatrixBatch next() {
    MatrixBatch batch = next;
    if (batch == null) {
      throw new NoSuchElementException("behind the last row");
    }
    next = null;
    return batch;
  }

  /** Throws what ended the rows before their end. */
  void requireWhole() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** How many values XGBoost was given. */
  long values() {
    return allEntries;
  }

  private @Nullable MatrixBatch read() throws IOException {
    entries = 0;
    int first = labels.rows();
    int rows = 0;
    while (rows < ROWS && !ended) {
      ended = !examples.next(row);
      if (ended) {
        break;
      }
      double weight = examples.weight();
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IOException("Cannot fit to a row with the weight " + weight);
      }
      if (weight > 0) {
        addRow();
        labels.add((float) examples.label(), (float) weight);
        offsets[++rows] = entries;
      }
    }
    if (rows == 0) {
      return null;
    }
    allEntries += entries;
    memory.check(labels.rows(), allEntries);
    float[] label = new float[rows];
    float[] weight = new float[rows];
    for (int i = 0; i < rows; i++) {
      label[i] = labels.label(first + i);
      weight[i] = labels.weight(first + i);
    }
    return new MatrixBatch(
        Arrays.copyOf(offsets, rows + 1),
        weight,
        label,
        Arrays.copyOf(indices, entries),
        Arrays.copyOf(values, entries),
        columns.width());
  }

  private void addRow() {
    int stored = 0;
    for (int number : numbers) {
      for (; stored < row.size && row.indices[stored] < number; stored++) {
        add(row.indices[stored], row.values[stored]);
      }
      boolean isStored = stored < row.size && row.indices[stored] == number;
      add(number, isStored ? row.values[stored++] : 0);
    }
    for (; stored < row.size; stored++) {
      add(row.indices[stored], row.values[stored]);
    }
  }

  private void add(int column, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    if (entries == indices.length) {
      indices = Arrays.copyOf(indices, 2 * entries);
      values = Arrays.copyOf(values, 2 * entries);
    }
    indices[entries] = column;
    values[entries++] = columns.rounded(value);
  }
}
