package io.millrace.learn.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradientsTest {
  private static final double STEP = 1.0 / 1024;

  private static int outputs(Objective objective) {
    return objective == Objective.SOFTMAX ? 3 : 1;
  }

  @Property(tries = 50)
  void shouldDeriveTheLossOfEachObjective(
      @ForAll Objective objective,
      @ForAll @DoubleRange(min = -6, max = 6) double margin,
      @ForAll @IntRange(max = 1) int label) {
    int outputs = outputs(objective);
    float[] margins = {(float) margin, 0.5f, -1.25f};
    double[] g = new double[outputs];
    double[] h = new double[outputs];
    objective.derive(margins, 0, outputs, label, g, h);
    double below = loss(objective, margins, -STEP, label);
    double at = loss(objective, margins, 0, label);
    double above = loss(objective, margins, STEP, label);
    float moved = margins[0];
    double scale = Math.max(1, Math.exp(moved));
    assertEquals((above - below) / (2 * STEP), g[0], 1e-5 * scale);
    double second = (above - 2 * at + below) / (STEP * STEP);
    double expected =
        switch (objective) {
          case LOGISTIC, SQUARED_ERROR -> second;
          case SOFTMAX -> 2 * second;
          case POISSON -> second * Math.exp(0.7);
        };
    assertEquals(expected, h[0], 1e-4 * scale);
  }

  private static double loss(Objective objective, float[] margins, double by, float label) {
    float[] moved = margins.clone();
    moved[0] = (float) (moved[0] + by);
    // the float may not have moved by exactly the step
    double error = moved[0] - (margins[0] + by);
    double[] g = new double[outputs(objective)];
    double loss = objective.derive(moved, 0, outputs(objective), label, g, new double[g.length]);
    return loss - error * g[0];
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void shouldAddUpToTheSameInAnyOrder(Objective objective) {
    int outputs = outputs(objective);
    int rows = 10_000;
    Random random = new Random(3);
    Labels labels = new Labels();
    float[] margins = new float[rows * outputs];
    for (int i = 0; i < rows; i++) {
      labels.add(random.nextInt(2), 1 + random.nextFloat() * 1000);
      for (int j = 0; j < outputs; j++) {
        margins[i * outputs + j] = (float) (random.nextGaussian() * 5);
      }
    }
    Gradients gradients = new Gradients(objective, outputs, rows);
    gradients.derive(margins, labels);
    assertSumIsExact(gradients.gradients());
    assertSumIsExact(gradients.hessians());
  }

  private static void assertSumIsExact(float[] numbers) {
    double sum = 0;
    double reversed = 0;
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < numbers.length; i++) {
      sum += numbers[i];
      reversed += numbers[numbers.length - 1 - i];
      exact = exact.add(new BigDecimal(numbers[i]));
    }
    assertEquals(sum, reversed);
    assertEquals(0, exact.compareTo(new BigDecimal(sum)), () -> "not exact");
  }

  @Test
  void shouldKeepGradientsToTheirLastBitsOnAGrid() {
    Labels labels = new Labels();
    labels.add(1, 1);
    labels.add(0, 3);
    Gradients gradients = new Gradients(Objective.LOGISTIC, 1, 2);
    double loss = gradients.derive(new float[] {0, 2}, labels);
    // by hand: p = 1/2 and 1 / (1 + e^-2)
    assertEquals(-0.5f, gradients.gradients()[0]);
    assertEquals((float) (3 * 0.8807970779778823), gradients.gradients()[1]);
    assertEquals(0.25f, gradients.hessians()[0]);
    assertEquals((Math.log(2) + 3 * 2.1269280110429727) / 4, loss, 1e-15);
  }

  @Property(tries = 100)
  void shouldTakeAGridThatHoldsAllSums(
      @ForAll @DoubleRange(min = 1, max = 2) double mantissa,
      @ForAll @IntRange(min = -900, max = 900) int exponent,
      @ForAll @IntRange(min = 1) int count) {
    double most = Math.scalb(mantissa, exponent);
    double steps = most / Gradients.grid(most, count) * count;
    assertTrue(steps <= 0x1p52, () -> "steps: " + steps);
    assertTrue(steps >= 0x1p49, () -> "steps: " + steps);
  }
}
