package io.millrace.learn.glm;

import io.millrace.learn.DesignRow;
import java.util.ArrayList;
import java.util.List;

/** Rows of several files, summed as all that adds sums does: file after file. */
final class FilesInMemory implements RowSums {
  private final GlmShape shape;
  private final List<GlmRows> files = new ArrayList<>();
  private final List<Order> asked = new ArrayList<>();

  FilesInMemory(GlmShape shape, int files) {
    this.shape = shape;
    for (int file = 0; file < files; file++) {
      this.files.add(new GlmRows(shape));
    }
  }

  FilesInMemory add(int file, double label, double weight, double... x) {
    DesignRow row = new DesignRow(shape.width());
    for (int column = 0; column < x.length; column++) {
      row.add(column, x[column]);
    }
    return add(file, row, label, weight);
  }

  FilesInMemory add(int file, DesignRow row, double label, double weight) {
    files.get(file).add(row, label, weight);
    return this;
  }

  List<Order> asked() {
    return asked;
  }

  @Override
  public Sums at(double[] coefficients, Order order) {
    asked.add(order);
    Sums all = new Sums(shape, order);
    for (GlmRows rows : files) {
      Sums sums = new Sums(shape, order);
      rows.addTo(sums, coefficients);
      all.add(sums);
    }
    return all;
  }
}
