package io.millrace.learn.glm;

/**
 * Solves A·x = b for a symmetric matrix A that is positive definite, or semi-definite with b in its
 * range: A = L·Lᵀ, after scaling to a unit diagonal. A row that depends on those before it, whose
 * pivot is nothing but rounding, gets x = 0; which solution of several that gives depends on the
 * order of the rows alone.
 */
final class Cholesky {
  /** A slope up to this share of its terms is rounding. */
  private static final double FLAT = 1e-9;

  private final int size;
  private final double[] scale;
  private final double[][] lower;
  private final boolean[] dependent;

  /**
   * @param matrix the matrix
   * @param rows the rows and columns of it that make up A, in the order of elimination
   * @param tolerance a pivot up to this share of its diagonal element is nothing
   */
  Cholesky(CurvatureMatrix matrix, int[] rows, double tolerance) {
    size = rows.length;
    scale = new double[size];
    lower = new double[size][];
    dependent = new boolean[size];
    for (int i = 0; i < size; i++) {
      double diagonal = matrix.at(rows[i], rows[i]);
      scale[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
      double[] row = new double[i + 1];
      lower[i] = row;
      for (int j = 0; j < i; j++) {
        double value = matrix.at(rows[i], rows[j]) * scale[i] * scale[j] - dot(row, lower[j], j);
        row[j] = dependent[j] ? 0 : value / lower[j][j];
      }
      double pivot = (diagonal > 0 ? 1 : 0) - dot(row, row, i);
      dependent[i] = !(pivot > tolerance);
      row[i] = dependent[i] ? 1 : Math.sqrt(pivot);
    }
  }

  double[] solve(double[] b) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = dependent[i] ? 0 : (b[i] * scale[i] - dot(lower[i], x, i)) / lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      if (dependent[i]) {
        x[i] = 0;
        continue;
      }
      x[i] /= lower[i][i];
      for (int j = 0; j < i; j++) {
        x[j] -= lower[i][j] * x[i];
      }
    }
    for (int i = 0; i < size; i++) {
      x[i] *= scale[i];
    }
    return x;
  }

  /**
   * A direction v with A·v = 0 and b·v > 0, along which bᵀx − ½·xᵀA·x grows without end; empty
   * where b is in the range of A, so that there is none.
   */
  double[] flatDirection(double[] b) {
    for (int row = 0; row < size; row++) {
      if (!dependent[row] || scale[row] == 0) {
        continue;
      }
      double[] v = new double[size];
      v[row] = 1;
      for (int i = row - 1; i >= 0; i--) {
        v[i] = dependent[i] ? 0 : (v[i] - lower[row][i]) / lower[i][i];
        for (int j = 0; j < i; j++) {
          v[j] -= lower[i][j] * v[i];
        }
      }
      double slope = 0;
      double terms = 0;
      for (int i = 0; i <= row; i++) {
        v[i] *= scale[i];
        slope += b[i] * v[i];
        terms += Math.abs(b[i] * v[i]);
      }
      if (Math.abs(slope) > FLAT * terms) {
        for (int i = 0; i <= row; i++) {
          v[i] *= Math.signum(slope);
        }
        return v;
      }
    }
    return new double[0];
  }

  private static double dot(double[] a, double[] b, int length) {
    // four sums at once: each addition waits for the one before it
    double s = 0;
    double t = 0;
    double u = 0;
    double v = 0;
    int k = 0;
    for (; k + 3 < length; k += 4) {
      s += a[k] * b[k];
      t += a[k + 1] * b[k + 1];
      u += a[k + 2] * b[k + 2];
      v += a[k + 3] * b[k + 3];
    }
    for (; k < length; k++) {
      s += a[k] * b[k];
    }
    return (s + t) + (u + v);
  }
}
