package io.millrace.learn.trees;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.learn.ModelOutputs;
import io.millrace.learn.prepare.OnnxRun;
import io.millrace.learn.trees.TreeEnsemble.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Predictions of the ONNX file against those of XGBoost itself. */
class TreesGraphTest {
  @BeforeAll
  static void needXgBoost() throws IOException {
    NativeLibrary.assumeLoadable();
  }

  private static final List<String> CLASSES = List.of("low", "middle", "high");
  private static final double TOLERANCE = 2e-6;

  private static ListedExamples examples(Objective objective, int count, long seed) {
    return ListedExamples.random(
        count,
        seed,
        (values, random) -> {
          double noisy = ListedExamples.tendency(values) + random.nextGaussian();
          return switch (objective) {
            case LOGISTIC -> noisy > 0 ? 1 : 0;
            case SOFTMAX -> noisy > 1 ? 2 : noisy > -1 ? 1 : 0;
            case SQUARED_ERROR -> noisy;
            case POISSON -> Math.floor(Math.exp(Math.min(noisy / 2, 2)));
          };
        });
  }

  /** The rows again, with numbers that lie on thresholds, beside them, far off, or nowhere. */
  private static ListedExamples withOddValues(ListedExamples examples, TreeEnsemble trees) {
    List<Split> splits =
        trees.trees().stream()
            .flatMap(tree -> tree.nodes().stream())
            .filter(node -> node instanceof Split split && split.column() < 4)
            .map(node -> (Split) node)
            .toList();
    Random random = new Random(9);
    ListedExamples odd = new ListedExamples();
    for (int i = 0; i < examples.size(); i++) {
      double[] values = new double[7];
      for (int j = 0; j < values.length; j++) {
        values[j] = examples.value(i, j);
      }
      if (!splits.isEmpty()) {
        Split split = splits.get(random.nextInt(splits.size()));
        float threshold = split.threshold();
        values[split.column()] =
            switch (i % 6) {
              case 0 -> threshold;
              case 1 -> Math.nextDown(threshold);
              case 2 -> -0.0;
              case 3 -> 1e39 * (random.nextBoolean() ? 1 : -1);
              case 4 -> Double.NaN;
              default -> (double) threshold - 1e-12; // the threshold, as a float
            };
      }
      odd.add(0, 1, values);
    }
    return odd;
  }

  /** The predictions of XGBoost: a row of numbers for each row. */
  private static double[][] predictions(
      TreesSettings settings, TreesResult result, ListedExamples examples) throws Exception {
    try (TrainingMatrix matrix = examples.matrix();
        Booster booster = Booster.load(result.trees().bytes(), settings, 1, matrix)) {
      float[] flat = booster.predictions(matrix);
      double[][] rows = new double[examples.size()][settings.outputs()];
      for (int i = 0; i < flat.length; i++) {
        rows[i / settings.outputs()][i % settings.outputs()] = flat[i];
      }
      return rows;
    }
  }

  private static void assertAgree(
      TreesSettings settings, TreesResult result, byte[] onnx, ListedExamples examples)
      throws Exception {
    List<Map<String, @Nullable Object>> inputs = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      inputs.add(examples.inputs(i));
    }
    boolean classes = settings.objective() == Objective.SOFTMAX;
    double[][] expected = predictions(settings, result, examples);
    try (OnnxRun run = new OnnxRun(onnx)) {
      double[][] found =
          (double[][]) run.run(inputs, classes ? ModelOutputs.PROBABILITIES : ModelOutputs.SCORE);
      for (int i = 0; i < expected.length; i++) {
        int row = i;
        // beyond 1, of the prediction: a float has seven digits
        double scale = Math.max(1, Math.abs(expected[i][0]));
        assertArrayEquals(expected[i], found[i], TOLERANCE * scale, () -> "row " + inputs.get(row));
      }
      if (classes) {
        String[][] names = (String[][]) run.run(inputs, ModelOutputs.SCORE);
        for (int i = 0; i < expected.length; i++) {
          int likeliest = CLASSES.indexOf(names[i][0]);
          for (double probability : expected[i]) {
            assertTrue(expected[i][likeliest] >= probability - TOLERANCE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void shouldPredictAsXgBoostDoes(Objective objective) throws Exception {
    TreesSettings settings = TreesFitTest.settings(objective, 40, 0.8, 0);
    ListedExamples training = examples(objective, 1500, 1);
    TreesResult result;
    try (TrainingMatrix train = training.matrix();
        TrainingMatrix none = new ListedExamples().matrix()) {
      result = TreesFit.run(settings, train, none, 1, Optional.empty(), (round, state) -> {});
    }
    TreeEnsemble trees = result.ensemble(ListedExamples.columns());
    byte[] onnx = TreesGraph.onnx(ListedExamples.preparation(), trees, CLASSES);
    assertArrayEquals(onnx, TreesGraph.onnx(ListedExamples.preparation(), trees, CLASSES));
    assertAgree(settings, result, onnx, training);
    assertAgree(settings, result, onnx, withOddValues(training, trees));
    TreeSet<Integer> columns = new TreeSet<>();
    trees.trees().stream()
        .flatMap(tree -> tree.nodes().stream())
        .forEach(
            node -> {
              if (node instanceof Split split) {
                columns.add(split.column());
              }
            });
    assertTrue(columns.containsAll(List.of(0, 2, 6)), () -> "columns that are split: " + columns);
    List<Double> gains = trees.gains();
    assertEquals(1, gains.stream().mapToDouble(Double::doubleValue).sum(), 1e-9);
    assertTrue(gains.get(0) > gains.get(1) && gains.get(6) > gains.get(3), gains::toString);
  }

  @Test
  void shouldPredictWithTreesThatAreOnlyALeaf() throws Exception {
    TreesSettings settings =
        new TreesSettings(Objective.LOGISTIC, 1, 2, 4, 0.3, 1e9, 1, 1, 0, 1, 0, 64, 0, 1);
    ListedExamples training = examples(Objective.LOGISTIC, 100, 1);
    TreesResult result;
    try (TrainingMatrix train = training.matrix();
        TrainingMatrix none = new ListedExamples().matrix()) {
      result = TreesFit.run(settings, train, none, 1, Optional.empty(), (round, state) -> {});
    }
    TreeEnsemble trees = result.ensemble(ListedExamples.columns());
    assertEquals(1, trees.trees().get(0).nodes().size());
    assertEquals(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), trees.gains());
    byte[] onnx = TreesGraph.onnx(ListedExamples.preparation(), trees, CLASSES);
    assertAgree(settings, result, onnx, training);
  }
}
