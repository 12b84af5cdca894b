package io.millrace.learn.glm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.learn.DesignRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GlmRowsTest {
  private static final int WIDTH = 9;

  /** A row of a dense matrix, for the plain computation. */
  private static final class Example {
    final double[] x;
    final double label;
    final double weight;

    Example(double[] x, double label, double weight) {
      this.x = x;
      this.label = label;
      this.weight = weight;
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldSumWhatAPlainLoopSums(Family family) {
    GlmShape shape = shape(family);
    // more than a chunk, and not a whole number of tiles or of fours
    List<Example> examples = examples(shape, 4096 + 64 + 7);
    double[] coefficients = coefficients(shape);
    for (Order order : Order.values()) {
      Sums sums = new Sums(shape, order);
      rows(shape, examples).addTo(sums, coefficients);
      assertSums(sums, shape, examples, coefficients);
    }
  }

  private static void assertSums(
      Sums sums, GlmShape shape, List<Example> examples, double[] coefficients) {
    int n = shape.coefficients();
    double weight = 0;
    double loss = 0;
    double[] gradient = new double[n];
    double[][] hessian = new double[n][n];
    int outputs = shape.outputs();
    for (Example example : examples) {
      double[] margins = new double[outputs];
      for (int at = 0; at < n; at++) {
        margins[at / shape.block()] += coefficients[at] * x(example, shape, at);
      }
      double[] slopes = new double[outputs];
      double[] curvature = new double[outputs * (outputs + 1) / 2];
      double w = example.weight;
      weight += w;
      loss += w * shape.family().loss().at(example.label, margins, slopes, curvature);
      double[][] square = new double[outputs][outputs];
      int packed = 0;
      for (int k = 0; k < outputs; k++) {
        for (int l = k; l < outputs; l++) {
          square[k][l] = curvature[packed];
          square[l][k] = curvature[packed++];
        }
      }
      for (int i = 0; i < n; i++) {
        int k = i / shape.block();
        gradient[i] += w * slopes[k] * x(example, shape, i);
        for (int j = 0; j < n; j++) {
          int l = j / shape.block();
          hessian[i][j] += w * square[k][l] * x(example, shape, i) * x(example, shape, j);
        }
      }
    }
    assertEquals((double) examples.stream().filter(e -> e.weight > 0).count(), sums.rows());
    assertEquals(weight, sums.weight(), 1e-9);
    assertEquals(loss, sums.loss(), 1e-9 * loss);
    for (int i = 0; i < n && sums.order() != Order.LOSS; i++) {
      assertEquals(gradient[i], sums.gradient(i), 1e-9 * weight);
      if (sums.order().compareTo(Order.DIAGONAL) >= 0) {
        assertEquals(hessian[i][i], sums.diagonal(i), 1e-9 * weight);
      }
      for (int j = 0; j < n && sums.order() == Order.HESSIAN; j++) {
        assertEquals(hessian[i][j], sums.hessian(i, j), 1e-9 * weight);
      }
    }
  }

  private static double x(Example example, GlmShape shape, int at) {
    int column = at % shape.block();
    return column == shape.width() ? 1 : example.x[column];
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void shouldHaveDerivativesOfCentralDifferences(Family family) {
    GlmShape shape = shape(family);
    GlmRows rows = rows(shape, examples(shape, 100));
    double[] coefficients = coefficients(shape);
    Sums sums = sums(rows, shape, Order.HESSIAN, coefficients);
    double h = 1e-5;
    for (int i = 0; i < shape.coefficients(); i++) {
      double kept = coefficients[i];
      coefficients[i] = kept + h;
      Sums up = sums(rows, shape, Order.GRADIENT, coefficients);
      coefficients[i] = kept - h;
      Sums down = sums(rows, shape, Order.GRADIENT, coefficients);
      coefficients[i] = kept;
      double scale = 1e-7 * (1 + Math.abs(sums.loss()));
      assertEquals(sums.gradient(i), (up.loss() - down.loss()) / (2 * h), scale);
      for (int j = 0; j < shape.coefficients(); j++) {
        assertEquals(sums.hessian(i, j), (up.gradient(j) - down.gradient(j)) / (2 * h), scale);
      }
    }
  }

  @Test
  void shouldCountLabels() {
    GlmShape shape = new GlmShape(Family.MULTINOMIAL, 1, 3);
    GlmRows rows = new GlmRows(shape);
    DesignRow row = new DesignRow(1);
    rows.add(row, 2, 0.5);
    rows.add(row, 1, 2);
    rows.add(row, 2, 1);
    rows.add(row, 0, 0);
    Sums sums = sums(rows, shape, Order.LOSS, new double[6]);
    assertEquals(3, rows.rows());
    assertEquals(3, sums.rows());
    assertEquals(List.of(0.0, 2.0, 1.5), List.of(sums.labels(0), sums.labels(1), sums.labels(2)));
    assertEquals(1, sums.leastLabel());
    assertEquals(2, sums.greatestLabel());
    assertEquals(3.5 * Math.log(3), sums.loss(), 1e-14);
  }

  @Test
  void shouldSumAFileToTheSameBytesEachTime() {
    GlmShape shape = shape(Family.LOGISTIC);
    List<Example> examples = examples(shape, 5000);
    double[] coefficients = coefficients(shape);
    Sums once = sums(rows(shape, examples), shape, Order.HESSIAN, coefficients);
    GlmRows again = rows(shape, examples);
    assertEquals(once, sums(again, shape, Order.HESSIAN, coefficients));
    assertEquals(once, sums(again, shape, Order.HESSIAN, coefficients));
  }

  @Test
  void shouldAddSumsOfFiles() {
    GlmShape shape = shape(Family.POISSON);
    List<Example> examples = examples(shape, 90);
    double[] coefficients = coefficients(shape);
    Sums sums = sums(rows(shape, examples.subList(0, 40)), shape, Order.HESSIAN, coefficients);
    Sums rest = sums(rows(shape, examples.subList(40, 90)), shape, Order.HESSIAN, coefficients);
    // travelled
    sums.add(new Sums(shape, Order.HESSIAN, rest.values().clone()));
    assertSums(sums, shape, examples, coefficients);
    Sums none = new Sums(shape, Order.HESSIAN);
    none.add(sums);
    assertEquals(sums, none);
  }

  @Test
  void shouldTakeLittleMemoryForWhatIsMostlyOnes() {
    GlmShape shape = new GlmShape(Family.LOGISTIC, 100);
    GlmRows rows = new GlmRows(shape);
    DesignRow row = new DesignRow(100);
    for (int i = 0; i < 40960; i++) {
      row.clear();
      row.add(0, 0.5 + i);
      row.add(1, 0.25 * i - 7);
      row.add(2 + i % 49, 1);
      row.add(51 + i % 49, 1);
      rows.add(row, i % 2, 1);
    }
    rows.addTo(new Sums(new GlmShape(Family.LOGISTIC, 100), Order.LOSS), new double[101]);
    // two numbers and a label of 8 bytes, two columns of 2 bytes, where both lists begin
    assertEquals(2 * 8 + 8 + 2 * 2 + 2 * 4, rows.bytes() / 40960.0, 0.5);
  }

  @Test
  void shouldRejectWhatCannotBeFitted() {
    GlmRows rows = new GlmRows(new GlmShape(Family.LOGISTIC, 2));
    DesignRow row = new DesignRow(2);
    assertRejected("to the label 2.0", () -> rows.add(row, 2, 1));
    assertRejected("the weight -1.0", () -> rows.add(row, 1, -1));
    assertRejected("weight NaN", () -> rows.add(row, 1, Double.NaN));
    row.add(1, Double.NaN);
    assertRejected("Cannot fit to the value NaN of design column 1", () -> rows.add(row, 1, 1));
    row.clear();
    rows.add(row, 1, 1);
    Sums sums = new Sums(new GlmShape(Family.LOGISTIC, 2), Order.LOSS);
    rows.addTo(sums, new double[3]);
    assertRejected("have been summed", () -> rows.add(row, 1, 1));
    Sums others = new Sums(new GlmShape(Family.LOGISTIC, 3), Order.LOSS);
    assertRejected("width=3", () -> rows.addTo(others, new double[4]));
  }

  private static void assertRejected(String message, Executable attempt) {
    Exception e = assertThrows(RuntimeException.class, attempt);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static GlmShape shape(Family family) {
    return new GlmShape(family, WIDTH, family == Family.MULTINOMIAL ? 3 : 1);
  }

  private static double[] coefficients(GlmShape shape) {
    SplittableRandom random = new SplittableRandom(3);
    return random.doubles(shape.coefficients(), -0.5, 0.5).toArray();
  }

  private static Sums sums(GlmRows rows, GlmShape shape, Order order, double[] coefficients) {
    Sums sums = new Sums(shape, order);
    rows.addTo(sums, coefficients);
    return sums;
  }

  /** Columns 1, 4 and 8 are numbers, 0 is seldom one, the others are mostly 0, else 1. */
  private static List<Example> examples(GlmShape shape, int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] x = new double[WIDTH];
      for (int column = 0; column < WIDTH; column++) {
        if (column == 1 || column == 4 || column == 8) {
          x[column] = random.nextDouble(-2, 2);
        } else if (random.nextInt(5) == 0) {
          x[column] = column == 0 ? random.nextDouble() : 1;
        }
      }
      double label =
          switch (shape.family()) {
            case LOGISTIC -> random.nextInt(2);
            case MULTINOMIAL -> random.nextInt(3);
            case LINEAR -> random.nextDouble(-3, 3);
            case POISSON -> random.nextInt(5);
          };
      examples.add(new Example(x, label, i % 11 == 0 ? 0 : 0.25 * (1 + i % 3)));
    }
    return examples;
  }

  private static GlmRows rows(GlmShape shape, List<Example> examples) {
    GlmRows rows = new GlmRows(shape);
    DesignRow row = new DesignRow(WIDTH);
    for (Example example : examples) {
      row.clear();
      for (int column = 0; column < WIDTH; column++) {
        row.add(column, example.x[column]);
      }
      rows.add(row, example.label, example.weight);
    }
    return rows;
  }
}
