package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;

/**
 * How many rows there are, and the weights of those that are true and of those that are not.
 * Tallies merge, in any order, to the bit. Not thread-safe.
 */
public final class ScoreTally implements MergeableTotals {
  private final ExactSum positive = new ExactSum();
  private final ExactSum negative = new ExactSum();
  private long rows;

  public ScoreTally clear() {
    rows = 0;
    positive.clear();
    negative.clear();
    return this;
  }

  /** Adds a row. */
  public ScoreTally add(boolean label, double weight) {
    rows++;
    (label ? positive : negative).add(weight);
    return this;
  }

  public ScoreTally add(ScoreTally other) {
    rows += other.rows;
    positive.add(other.positive);
    negative.add(other.negative);
    return this;
  }

  @Override
  public ScoreTally add(ByteCursor encoded) {
    rows += encoded.readVarint();
    positive.add(encoded);
    negative.add(encoded);
    return this;
  }

  @Override
  public void write(ByteBuilder out) {
    out.putVarint(rows);
    positive.write(out);
    negative.write(out);
  }

  public long rows() {
    return rows;
  }

  /** The weight of the rows that are true. */
  double positive() {
    return positive.value();
  }

  /** The weight of the rows that are not. */
  double negative() {
    return negative.value();
  }

  /** The weight of all rows. */
  public double weight() {
    return new ExactSum().add(positive).add(negative).value();
  }
}
