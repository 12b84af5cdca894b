package io.millrace.learn.glm;

import java.util.Arrays;

/**
 * What rows add up to at one point: how many there are, their weights and labels, losses, and the
 * derivatives of these. The penalty is not in it. All of it is one array of doubles, so that it
 * travels as it is. Adding is not associative to the bit. Not thread-safe.
 */
public final class Sums {
  private static final int ROWS = 0;
  private static final int WEIGHT = 1;
  private static final int LEAST_LABEL = 2;
  private static final int GREATEST_LABEL = 3;
  private static final int LABELS = 4;

  private final GlmShape shape;
  private final Order order;
  private final double[] values;
  private final int loss;

  /** Of no rows. */
  public Sums(GlmShape shape, Order order) {
    this(shape, order, new double[length(shape, order)]);
    values[LEAST_LABEL] = Double.POSITIVE_INFINITY;
    values[GREATEST_LABEL] = Double.NEGATIVE_INFINITY;
  }

  /** Of {@link #values} that have travelled. */
  public Sums(GlmShape shape, Order order, double[] values) {
    if (values.length != length(shape, order)) {
      throw new IllegalArgumentException(
          "Cannot read sums of " + values.length + " numbers: expected " + length(shape, order));
    }
    this.shape = shape;
    this.order = order;
    this.values = values;
    loss = LABELS + shape.outputs();
  }

  /** How many numbers such sums are. */
  public static int length(GlmShape shape, Order order) {
    int n = shape.coefficients();
    int length = LABELS + shape.outputs() + 1;
    return switch (order) {
      case LOSS -> length;
      case GRADIENT -> length + n;
      case DIAGONAL -> length + 2 * n;
      case HESSIAN -> Math.addExact(length + n, packedLength(n));
    };
  }

  private static int packedLength(int n) {
    return Math.toIntExact((long) n * (n + 1) / 2);
  }

  /** Adds the sums of other rows at the same point. */
  public void add(Sums other) {
    if (!shape.equals(other.shape) || order != other.order) {
      throw new IllegalArgumentException(
          "Cannot add sums of "
              + other.shape
              + ", "
              + other.order
              + " to sums of "
              + shape
              + ", "
              + order);
    }
    double least = Math.min(values[LEAST_LABEL], other.values[LEAST_LABEL]);
    double greatest = Math.max(values[GREATEST_LABEL], other.values[GREATEST_LABEL]);
    for (int i = 0; i < values.length; i++) {
      values[i] += other.values[i];
    }
    values[LEAST_LABEL] = least;
    values[GREATEST_LABEL] = greatest;
  }

  public GlmShape shape() {
    return shape;
  }

  public Order order() {
    return order;
  }

  /** All of it, to travel; not a copy. */
  public double[] values() {
    return values;
  }

  /** The number of rows that have a weight. */
  public double rows() {
    return values[ROWS];
  }

  /** Σᵢ wᵢ. */
  public double weight() {
    return values[WEIGHT];
  }

  /** The least label; infinite where there is no row. */
  public double leastLabel() {
    return values[LEAST_LABEL];
  }

  /** The greatest label; minus infinite where there is no row. */
  public double greatestLabel() {
    return values[GREATEST_LABEL];
  }

  /** Σᵢ wᵢ·yᵢ; of classes, the weight of the rows of one class. */
  public double labels(int output) {
    return values[LABELS + output];
  }

  /** Σᵢ wᵢ·loss(yᵢ, ηᵢ). */
  public double loss() {
    return values[loss];
  }

  /** ∂loss/∂β of one coefficient. */
  public double gradient(int at) {
    return values[loss + 1 + at];
  }

  /** ∂²loss/∂β² of one coefficient, where the order is DIAGONAL or HESSIAN. */
  public double diagonal(int at) {
    return order == Order.HESSIAN ? hessian(at, at) : values[curvature() + at];
  }

  /** ∂²loss/∂β∂β′ of two coefficients, where the order is HESSIAN. */
  public double hessian(int at, int other) {
    return values[curvature() + packed(Math.min(at, other), Math.max(at, other))];
  }

  void addRows(double rows, double weight, double least, double greatest, double[] labels) {
    values[ROWS] += rows;
    values[WEIGHT] += weight;
    values[LEAST_LABEL] = Math.min(values[LEAST_LABEL], least);
    values[GREATEST_LABEL] = Math.max(values[GREATEST_LABEL], greatest);
    for (int k = 0; k < labels.length; k++) {
      values[LABELS + k] += labels[k];
    }
  }

  void addLoss(double value) {
    values[loss] += value;
  }

  void addGradient(int at, double value) {
    values[loss + 1 + at] += value;
  }

  void addDiagonal(int at, double value) {
    values[curvature() + at] += value;
  }

  void addHessian(int at, int other, double value) {
    values[curvature() + packed(Math.min(at, other), Math.max(at, other))] += value;
  }

  private int curvature() {
    return loss + 1 + shape.coefficients();
  }

  /** Rows of the upper triangle, one after the other. */
  private int packed(int row, int column) {
    int n = shape.coefficients();
    return row * n - row * (row - 1) / 2 + (column - row);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sums sums
        && shape.equals(sums.shape)
        && order == sums.order
        && Arrays.equals(values, sums.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Sums[rows=" + rows() + ", weight=" + weight() + ", loss=" + loss() + "]";
  }
}
