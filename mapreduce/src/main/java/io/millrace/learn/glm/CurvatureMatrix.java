package io.millrace.learn.glm;

/**
 * The second derivatives of the smooth part of the objective at a point, all n×n of them.
 *
 * <p>In a multinomial model, adding a number to the intercepts of all classes changes no
 * probability, so that the matrix is singular. Σₖ β₀ₖ = 0 is one choice among equals; it is made by
 * adding ½·c·(Σₖ β₀ₖ)², which is 0 where steps begin and at the optimum. Without any penalty the
 * same holds for each column.
 */
final class CurvatureMatrix {
  private final int size;
  private final double[] values;

  CurvatureMatrix(Point point) {
    size = point.size();
    values = new double[Math.multiplyExact(size, size)];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        double value = point.sums.hessian(i, j) + (i == j ? point.penalty.l2(i) : 0);
        values[i * size + j] = value;
        values[j * size + i] = value;
      }
    }
    GlmShape shape = point.penalty.shape();
    if (shape.outputs() > 1) {
      for (int column = point.penalty.isNone() ? 0 : shape.width();
          column <= shape.width();
          column++) {
        centre(shape, column);
      }
    }
  }

  private void centre(GlmShape shape, int column) {
    double sum = 0;
    for (int k = 0; k < shape.outputs(); k++) {
      sum += at(shape.at(k, column), shape.at(k, column));
    }
    double c = sum / ((double) shape.outputs() * shape.outputs());
    for (int k = 0; k < shape.outputs(); k++) {
      for (int l = 0; l < shape.outputs(); l++) {
        values[shape.at(k, column) * size + shape.at(l, column)] += c;
      }
    }
  }

  int size() {
    return size;
  }

  double at(int i, int j) {
    return values[i * size + j];
  }

  /** Adds factor times the absolute values of row i. */
  void addAbsoluteRow(int i, double factor, double[] to) {
    int from = i * size;
    for (int j = 0; j < size; j++) {
      to[j] += factor * Math.abs(values[from + j]);
    }
  }

  /** Adds factor times row i. */
  void addRow(int i, double factor, double[] to) {
    int from = i * size;
    for (int j = 0; j < size; j++) {
      to[j] += factor * values[from + j];
    }
  }
}
