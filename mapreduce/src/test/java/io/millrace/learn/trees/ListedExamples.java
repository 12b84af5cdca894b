package io.millrace.learn.trees;

import io.millrace.learn.DesignRow;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparedInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows to learn from, held in a list; read once from the first by {@link #examples}. */
final class ListedExamples {
  private final List<double[]> rows = new ArrayList<>();

  /** Label, weight, then the values of all columns. */
  ListedExamples add(double label, double weight, double... values) {
    double[] row = new double[values.length + 2];
    row[0] = label;
    row[1] = weight;
    System.arraycopy(values, 0, row, 2, values.length);
    rows.add(row);
    return this;
  }

  /**
   * Rows of four numbers, some of which are not known, and of three columns of which one holds 1.
   *
   * @param labels gives the label of a row's values
   */
  static ListedExamples random(int count, long seed, LabelRule labels) {
    Random random = new Random(seed);
    ListedExamples examples = new ListedExamples();
    for (int i = 0; i < count; i++) {
      double[] values = new double[7];
      for (int j = 0; j < 4; j++) {
        // of few digits, so that many rows lie on a threshold
        values[j] = random.nextInt(8) == 0 ? Double.NaN : Math.rint(random.nextGaussian() * 20) / 8;
      }
      values[4 + random.nextInt(3)] = 1;
      examples.add(labels.of(values, random), 1 + random.nextInt(3), values);
    }
    return examples;
  }

  /** Gives the label of a row. */
  interface LabelRule {
    double of(double[] values, Random random);
  }

  /** More where the first number, the third where it is known, and the last column are more. */
  static double tendency(double[] values) {
    double first = Double.isNaN(values[0]) ? 0.7 : values[0];
    double third = Double.isNaN(values[2]) ? -1 : Math.abs(values[2]);
    return first - third / 2 + 2 * values[6];
  }

  static ListedExamples binary(int count, long seed) {
    return random(
        count,
        seed,
        (values, random) -> random.nextDouble() < 1 / (1 + Math.exp(-tendency(values))) ? 1 : 0);
  }

  static DesignColumns columns() {
    return DesignColumns.of(preparation());
  }

  /**
   * Inputs {@code a} to {@code d}, and {@code e}, which is {@code x}, {@code y} or another text.
   */
  static Preparation preparation() {
    return new Preparation(
        List.of(
            new PreparedInput.Numeric("a", List.of(), false),
            new PreparedInput.Numeric("b", List.of(), false),
            new PreparedInput.Numeric("c", List.of(), false),
            new PreparedInput.Numeric("d", List.of(), false),
            new PreparedInput.TextCategories("e", List.of("x", "y"), true)),
        List.of());
  }

  /** A row as a model is fed with it. */
  Map<String, @Nullable Object> inputs(int row) {
    Map<String, @Nullable Object> inputs = new HashMap<>();
    for (int j = 0; j < 4; j++) {
      inputs.put("abcd".substring(j, j + 1), value(row, j));
    }
    inputs.put("e", value(row, 4) == 1 ? "x" : value(row, 5) == 1 ? "y" : "z");
    return inputs;
  }

  int size() {
    return rows.size();
  }

  double value(int row, int column) {
    return rows.get(row)[2 + column];
  }

  /** Hands out one row at a time. */
  Examples examples() {
    Iterator<double[]> left = rows.iterator();
    DesignRow out = new DesignRow(7);
    return sink -> {
      if (!left.hasNext()) {
        return false;
      }
      double[] row = left.next();
      out.clear();
      for (int j = 2; j < row.length; j++) {
        out.add(j - 2, row[j]);
      }
      sink.take(out, row[0], row[1]);
      return true;
    };
  }

  TrainingMatrix matrix() throws IOException {
    return TrainingMatrix.read(examples(), columns(), new TreesMemory(1, 0));
  }
}
