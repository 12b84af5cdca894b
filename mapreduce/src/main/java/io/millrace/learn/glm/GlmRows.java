package io.millrace.learn.glm;

import io.millrace.learn.DesignRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The training rows of one file, held in memory as compactly as they can be summed fast: columns
 * that most rows have as arrays of numbers, of the others the entries that are not zero, of entries
 * that are 1 only the column. Filled once, then summed any number of times, always in the order of
 * the rows. Not thread-safe while it is filled; sums may be taken by several threads.
 */
public final class GlmRows {
  private static final int CHUNK_ROWS = 4096;

  private final GlmShape shape;
  private final List<RowChunk> chunks = new ArrayList<>();
  private final double[] labels;
  private RowCollector collector;
  private ColumnSplit split = ColumnSplit.none();
  private boolean sealed;
  private long rows;
  private double weight;
  private double leastLabel = Double.POSITIVE_INFINITY;
  private double greatestLabel = Double.NEGATIVE_INFINITY;
  private long chunkBytes;

  public GlmRows(GlmShape shape) {
    this.shape = shape;
    labels = new double[shape.outputs()];
    collector = new RowCollector(shape.width(), CHUNK_ROWS);
  }

  /**
   * Adds a row; it is copied. One of weight 0 is checked and left out.
   *
   * @throws IllegalArgumentException where the label is none of the family's, the weight is not
   *     finite or negative, or a value is not finite
   */
  public void add(DesignRow row, double label, double weight) {
    if (sealed) {
      throw new IllegalStateException("Cannot add a row: rows have been summed already");
    }
    shape.family().check(label, shape.outputs());
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("Cannot fit to a row with the weight " + weight);
    }
    collector.add(row, label, weight);
    if (weight == 0) {
      collector.dropLast();
      return;
    }
    count(label, weight);
    if (collector.rows() == CHUNK_ROWS) {
      seal();
    }
  }

  private void count(double label, double rowWeight) {
    rows++;
    weight += rowWeight;
    if (shape.family() == Family.MULTINOMIAL) {
      labels[(int) label] += rowWeight;
    } else {
      labels[0] += rowWeight * label;
    }
    leastLabel = Math.min(leastLabel, label);
    greatestLabel = Math.max(greatestLabel, label);
  }

  private void seal() {
    if (chunks.isEmpty()) {
      split = ColumnSplit.of(collector, shape.width());
    }
    RowChunk chunk = collector.chunk(split);
    chunks.add(chunk);
    chunkBytes += chunk.bytes();
    collector.clear();
  }

  /** The number of rows that have a weight. */
  public long rows() {
    return rows;
  }

  /** The memory that the rows take, in bytes, within a few per cent. */
  public long bytes() {
    return chunkBytes + collector.bytes() + split.bytes();
  }

  /**
   * Adds the sums of these rows at a point, as far as {@code sums} is ordered. From then on no row
   * can be added.
   *
   * @param coefficients as the shape lays them out
   */
  public void addTo(Sums sums, double[] coefficients) {
    finish();
    if (!sums.shape().equals(shape) || coefficients.length != shape.coefficients()) {
      throw new IllegalArgumentException(
          "Cannot sum rows of "
              + shape
              + " into sums of "
              + sums.shape()
              + " at "
              + coefficients.length
              + " coefficients");
    }
    sums.addRows((double) rows, weight, leastLabel, greatestLabel, labels);
    if (chunks.isEmpty()) {
      return;
    }
    ChunkSummer summer = new ChunkSummer(shape, split, sums.order(), coefficients);
    for (RowChunk chunk : chunks) {
      summer.add(chunk);
    }
    summer.addTo(sums);
  }

  private synchronized void finish() {
    if (!sealed) {
      if (collector.rows() > 0) {
        seal();
      }
      collector = new RowCollector(shape.width(), 0);
      sealed = true;
    }
  }
}
