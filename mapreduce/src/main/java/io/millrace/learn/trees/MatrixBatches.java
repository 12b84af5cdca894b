package io.millrace.learn.trees;

import io.millrace.learn.DesignRow;
import java.io.IOException;
import java.io.InterruptedIOException;
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
  private static final int LEAST_ROWS = 4096;

  private final Examples examples;
  private final DesignColumns columns;
  private final int[] numbers;
  private final Labels labels;
  private final TreesMemory memory;

  private @Nullable MatrixBatch next;
  private @Nullable IOException failure;
  private boolean ended;
  private long[] offsets = new long[LEAST_ROWS + 1];
  private int[] indices = new int[LEAST_ROWS];
  private float[] values = new float[LEAST_ROWS];
  private int rows;
  private int entries;
  private long allEntries;

  /**
   * @param labels those of the rows are added to it
   */
  MatrixBatches(Examples examples, DesignColumns columns, Labels labels, TreesMemory memory) {
    this.examples = examples;
    this.columns = columns;
    this.labels = labels;
    this.memory = memory;
    numbers = columns.numbers();
  }

  /** Native code asks, which must not be thrown at: a failure ends the rows. */
  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = read();
      } catch (IOException e) {
        fail(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(new InterruptedIOException("Interrupted while reading rows"));
      } catch (OutOfMemoryError e) {
        fail(memory.heapIsFull(labels.rows()));
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

  private @Nullable MatrixBatch read() throws IOException, InterruptedException {
    entries = 0;
    rows = 0;
    while (rows < LEAST_ROWS && !ended) {
      ended = !examples.read(this::take);
    }
    if (rows == 0) {
      return null;
    }
    allEntries += entries;
    memory.check(labels.rows(), allEntries);
    float[] label = new float[rows];
    float[] weight = new float[rows];
    int first = labels.rows() - rows;
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

  private void take(DesignRow row, double label, double weight) throws IOException {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IOException("Cannot fit to a row with the weight " + weight);
    }
    if (weight == 0) {
      return;
    }
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
    labels.add((float) label, (float) weight);
    if (++rows == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * rows);
    }
    offsets[rows] = entries;
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
