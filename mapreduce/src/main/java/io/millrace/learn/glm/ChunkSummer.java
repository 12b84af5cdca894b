package io.millrace.learn.glm;

import java.util.ArrayList;
import java.util.List;

/** Sums rows at one point, chunk after chunk. Columns are numbered as their split has them. */
final class ChunkSummer {
  private final GlmShape shape;
  private final ColumnSplit split;
  private final Order order;
  private final Loss loss;
  private final RowTile tile;
  private final double[][] denseBeta;
  private final double[][] sparseBeta;
  private final double[][] denseGradient;
  private final double[][] sparseGradient;
  private final double[][] denseDiagonal;
  private final double[][] sparseDiagonal;
  private final List<ProductSums> products = new ArrayList<>();
  private final double[] margins;
  private final double[] gradient;
  private final double[] curvature;

  /** Factors of the rows of the tile, for each pair of outputs. */
  private final double[][] factors;

  private double lossSum;

  ChunkSummer(GlmShape shape, ColumnSplit split, Order order, double[] coefficients) {
    this.shape = shape;
    this.split = split;
    this.order = order;
    loss = shape.family().loss();
    int outputs = shape.outputs();
    int stride = split.dense() + 1;
    tile = new RowTile(split.dense());
    denseBeta = new double[outputs][stride];
    sparseBeta = new double[outputs][split.sparse()];
    for (int k = 0; k < outputs; k++) {
      for (int column = 0; column <= shape.width(); column++) {
        int place = place(column);
        double beta = coefficients[shape.at(k, column)];
        if (ColumnSplit.isDense(place)) {
          denseBeta[k][ColumnSplit.denseNumber(place)] = beta;
        } else {
          sparseBeta[k][place] = beta;
        }
      }
    }
    boolean sloped = order.compareTo(Order.GRADIENT) >= 0;
    denseGradient = new double[sloped ? outputs : 0][stride];
    sparseGradient = new double[sloped ? outputs : 0][split.sparse()];
    boolean diagonal = order == Order.DIAGONAL;
    denseDiagonal = new double[diagonal ? outputs : 0][stride];
    sparseDiagonal = new double[diagonal ? outputs : 0][split.sparse()];
    int pairs = order.compareTo(Order.DIAGONAL) >= 0 ? outputs * (outputs + 1) / 2 : 0;
    margins = new double[outputs];
    gradient = new double[outputs];
    curvature = new double[pairs];
    factors = new double[pairs][RowTile.ROWS];
    if (order == Order.HESSIAN) {
      for (int pair = 0; pair < pairs; pair++) {
        products.add(new ProductSums(split));
      }
    }
  }

  /** The place of a column; the intercept's is behind the dense ones. */
  private int place(int column) {
    return column == shape.width() ? -1 - split.dense() : split.place(column);
  }

  void add(RowChunk chunk) {
    for (int from = 0; from < chunk.rows(); from += RowTile.ROWS) {
      tile.fill(chunk, from);
      for (int row = 0; row < tile.rows; row++) {
        addRow(row, chunk.label(from + row), chunk.weight(from + row));
      }
      for (int pair = 0; pair < products.size(); pair++) {
        products.get(pair).add(tile, factors[pair]);
      }
    }
  }

  private void addRow(int row, double label, double weight) {
    for (int k = 0; k < margins.length; k++) {
      margins[k] = tile.margin(row, denseBeta[k], sparseBeta[k]);
    }
    lossSum += weight * loss.at(label, margins, gradient, curvature);
    for (int k = 0; k < denseGradient.length; k++) {
      tile.addRow(row, weight * gradient[k], denseGradient[k], sparseGradient[k]);
    }
    for (int pair = 0; pair < curvature.length; pair++) {
      factors[pair][row] = weight * curvature[pair];
    }
    for (int k = 0; k < denseDiagonal.length; k++) {
      double factor = factors[pair(k, k)][row];
      tile.addSquares(row, factor, denseDiagonal[k], sparseDiagonal[k]);
    }
  }

  private int pair(int k, int l) {
    return k * shape.outputs() - k * (k - 1) / 2 + (l - k);
  }

  /** Adds all that was summed, columns numbered as in the design again. */
  void addTo(Sums sums) {
    sums.addLoss(lossSum);
    if (order == Order.LOSS) {
      return;
    }
    for (int k = 0; k < shape.outputs(); k++) {
      for (int column = 0; column <= shape.width(); column++) {
        int at = shape.at(k, column);
        sums.addGradient(at, pick(column, denseGradient[k], sparseGradient[k]));
        if (order == Order.DIAGONAL) {
          sums.addDiagonal(at, pick(column, denseDiagonal[k], sparseDiagonal[k]));
        }
      }
    }
    if (order == Order.HESSIAN) {
      addProducts(sums);
    }
  }

  private double pick(int column, double[] dense, double[] sparse) {
    int place = place(column);
    return ColumnSplit.isDense(place) ? dense[ColumnSplit.denseNumber(place)] : sparse[place];
  }

  private void addProducts(Sums sums) {
    for (int k = 0; k < shape.outputs(); k++) {
      for (int l = k; l < shape.outputs(); l++) {
        ProductSums product = products.get(pair(k, l));
        for (int i = 0; i <= shape.width(); i++) {
          // a block beside the diagonal is symmetric, and all of it is above the diagonal
          for (int j = k == l ? i : 0; j <= shape.width(); j++) {
            sums.addHessian(shape.at(k, i), shape.at(l, j), product.at(place(i), place(j)));
          }
        }
      }
    }
  }
}
