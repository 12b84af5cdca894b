package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.PublicData;
import io.millrace.learn.DesignRow;
import io.millrace.learn.ModelOutputs;
import io.millrace.learn.glm.Family;
import io.millrace.learn.glm.GlmGraph;
import io.millrace.learn.glm.GlmModel;
import io.millrace.learn.prepare.InputPlan.Clip;
import io.millrace.learn.prepare.InputPlan.Form;
import io.millrace.learn.prepare.InputPlan.Imputation;
import io.millrace.learn.prepare.PreparePlan.ModelKind;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against scikit-learn: {@code reference.json}, made by {@code reference.py}. */
class AdultPreparationTest {
  private static final List<String> NAMES =
      List.of(
          "age",
          "workclass",
          "fnlwgt",
          "education",
          "education_num",
          "marital_status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "capital_gain",
          "capital_loss",
          "hours_per_week",
          "native_country");

  private static final List<String> NUMBERS =
      List.of("age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hours_per_week");

  private static final List<Column> INPUTS =
      NAMES.stream()
          .map(name -> Examples.nullable(name, NUMBERS.contains(name) ? Kind.DOUBLE : Kind.STRING))
          .toList();

  private static JsonNode reference;
  private static Examples examples;

  @BeforeAll
  static void read() throws IOException {
    List<String> lines = Files.readAllLines(PublicData.find("adult", "adult-train.csv"));
    try (InputStream in = AdultPreparationTest.class.getResourceAsStream("reference.json")) {
      reference = new ObjectMapper().readTree(in);
    }
    examples = new Examples(INPUTS, false);
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields.length < 15) {
        continue;
      }
      @Nullable Object[] values = new Object[INPUTS.size()];
      for (int i = 0; i < values.length; i++) {
        String field = fields[i].trim();
        values[i] =
            NUMBERS.contains(NAMES.get(i)) ? (Object) Double.parseDouble(field) : (Object) field;
      }
      if ("?".equals(values[1])) {
        values[NAMES.indexOf("hours_per_week")] = null;
      }
      examples.train(fields[14].trim().equals(">50K") ? 1.0 : 0.0, values);
    }
  }

  private static Preparation fit(ModelKind model, Map<String, InputPlan> said) {
    PreparePlan plan = PreparePlan.of(INPUTS, model, said);
    return Preparation.fit(INPUTS, plan, examples.statistics(plan, true));
  }

  private static PreparedInput input(Preparation preparation, String name) {
    return preparation.inputs().stream()
        .filter(input -> input.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static InputPlan.Numbers scaled(
      Imputation imputation, Optional<Clip> clip, boolean log1p) {
    return new InputPlan.Numbers(imputation, true, clip, log1p, new Form.Standardised());
  }

  private static NumberStep.Standardise scaling(PreparedInput input) {
    List<NumberStep> steps = ((PreparedInput.Numeric) input).steps();
    return (NumberStep.Standardise) steps.get(steps.size() - 1);
  }

  private static void assertScaling(String expected, PreparedInput input) {
    NumberStep.Standardise found = scaling(input);
    close(reference.get(expected).get("mean").doubleValue(), found.mean());
    close(reference.get(expected).get("deviation").doubleValue(), found.deviation());
  }

  private static void close(double expected, double found) {
    assertEquals(expected, found, 1e-10 * Math.max(1, Math.abs(expected)));
  }

  @Test
  void shouldImputeAndStandardiseAsScikitLearnDoes() {
    Preparation byMean = fit(ModelKind.LINEAR, Map.of());
    PreparedInput.Numeric hours = (PreparedInput.Numeric) input(byMean, "hours_per_week");
    assertEquals(true, hours.indicator());
    close(
        reference.get("hours_mean").get("value").doubleValue(),
        ((NumberStep.Impute) hours.steps().get(0)).value());
    assertScaling("hours_mean", hours);
    assertScaling("age_scaled", input(byMean, "age"));
    assertScaling("fnlwgt_scaled", input(byMean, "fnlwgt"));

    Preparation byMedian =
        fit(
            ModelKind.LINEAR,
            Map.of(
                "hours_per_week",
                scaled(new Imputation.Median(), Optional.empty(), false),
                "fnlwgt",
                scaled(new Imputation.Mean(), Optional.empty(), true)));
    assertScaling("hours_median", input(byMedian, "hours_per_week"));
    assertScaling("fnlwgt_log_scaled", input(byMedian, "fnlwgt"));
  }

  @Test
  void shouldClipAsNumpyDoes() {
    Preparation preparation =
        fit(
            ModelKind.LINEAR,
            Map.of(
                "capital_loss",
                scaled(
                    new Imputation.Mean(),
                    Optional.of(new Clip(BigDecimal.ZERO, new BigDecimal("0.99"))),
                    true),
                "fnlwgt",
                scaled(
                    new Imputation.Mean(),
                    Optional.of(new Clip(new BigDecimal("0.01"), new BigDecimal("0.99"))),
                    false)));
    PreparedInput.Numeric loss = (PreparedInput.Numeric) input(preparation, "capital_loss");
    assertEquals(
        new NumberStep.Clip(
            reference.get("capital_loss_clipped").get("low").doubleValue(),
            reference.get("capital_loss_clipped").get("high").doubleValue()),
        loss.steps().get(1));
    assertScaling("capital_loss_clipped", loss);
    // of more than 10 000 different numbers the quantiles are within 1 %
    NumberStep.Clip clip =
        (NumberStep.Clip) ((PreparedInput.Numeric) input(preparation, "fnlwgt")).steps().get(1);
    JsonNode bounds = reference.get("fnlwgt_bounds");
    assertEquals(bounds.get(0).doubleValue(), clip.low(), 0.01 * bounds.get(0).doubleValue());
    assertEquals(bounds.get(1).doubleValue(), clip.high(), 0.01 * bounds.get(1).doubleValue());
  }

  @Test
  void shouldMakeTheBucketsOfScikitLearn() {
    Preparation preparation =
        fit(ModelKind.TREES, Map.of("age", buckets(6), "hours_per_week", buckets(10)));
    assertEquals(doubles("age_edges"), ((PreparedInput.Buckets) input(preparation, "age")).edges());
    assertEquals(
        doubles("hours_edges"),
        ((PreparedInput.Buckets) input(preparation, "hours_per_week")).edges());
  }

  private static InputPlan buckets(int count) {
    return new InputPlan.Numbers(
        new Imputation.None(), false, Optional.empty(), false, new Form.Buckets(count));
  }

  private static List<Double> doubles(String name) {
    List<Double> values = new ArrayList<>();
    reference.get(name).forEach(value -> values.add(value.doubleValue()));
    return values;
  }

  @Test
  void shouldMakeTheCategoriesOfScikitLearn() {
    Preparation preparation =
        fit(
            ModelKind.LINEAR,
            Map.of(
                "native_country", new InputPlan.OneHot(100), "education", new InputPlan.Ordinal()));
    PreparedInput.TextCategories country =
        (PreparedInput.TextCategories) input(preparation, "native_country");
    List<String> expected = new ArrayList<>();
    reference.get("country").get("values").forEach(value -> expected.add(value.asText()));
    assertEquals(expected, country.values());

    double[] counts = new double[preparation.width()];
    for (double[] row : design(preparation)) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += row[i];
      }
    }
    int first = preparation.width() - country.columns().size();
    JsonNode expectedCounts = reference.get("country").get("counts");
    for (int i = 0; i < expectedCounts.size(); i++) {
      assertEquals(expectedCounts.get(i).doubleValue(), counts[first + i]);
    }
    List<String> education = new ArrayList<>();
    reference.get("education").forEach(value -> education.add(value.asText()));
    assertEquals(education, ((PreparedInput.TextOrder) input(preparation, "education")).values());
  }

  @Test
  void shouldTellTheAucOfSingleInputs() {
    PreparePlan plan = PreparePlan.of(INPUTS, ModelKind.LINEAR, Map.of());
    Map<String, Double> found = new HashMap<>();
    LeakCheck.check(examples.statistics(plan, true))
        .links()
        .forEach(link -> found.put(link.input(), link.auc()));
    JsonNode expected = reference.get("auc");
    close(expected.get("age").doubleValue(), found.get("age"));
    close(expected.get("capital_gain").doubleValue(), found.get("capital_gain"));
    close(expected.get("relationship").doubleValue(), found.get("relationship"));
    // rows whose numbers lie in one bin count as ties
    assertEquals(expected.get("fnlwgt").doubleValue(), found.get("fnlwgt"), 0.002);
  }

  @Test
  void shouldScoreAllRowsInOnnxRuntimeAsInJava() throws Exception {
    Preparation preparation =
        fit(
            ModelKind.LINEAR,
            Map.of(
                "capital_gain",
                scaled(new Imputation.Median(), Optional.empty(), true),
                "age",
                buckets(8)));
    Random random = new Random(11);
    List<Double> coefficients = random.doubles(preparation.width(), -1, 1).boxed().toList();
    GlmModel model =
        new GlmModel(
            Family.LOGISTIC,
            preparation.columns().stream().map(DesignColumn::name).toList(),
            List.of(),
            List.of(coefficients),
            List.of(-0.3));
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Object[] values : examples.rows()) {
      Map<String, @Nullable Object> row = new HashMap<>();
      for (int i = 0; i < NAMES.size(); i++) {
        row.put(NAMES.get(i), values[i]);
      }
      rows.add(row);
    }
    double[][] design = design(preparation);
    try (OnnxRun onnx = new OnnxRun(GlmGraph.onnx(preparation, model))) {
      double[][] scores = (double[][]) onnx.run(rows, ModelOutputs.SCORE);
      for (int i = 0; i < design.length; i++) {
        double margin = -0.3;
        for (int column = 0; column < design[i].length; column++) {
          margin += coefficients.get(column) * design[i][column];
        }
        assertEquals(1 / (1 + Math.exp(-margin)), scores[i][0], 1e-9);
      }
    }
  }

  private static double[][] design(Preparation preparation) {
    Preparer preparer = preparation.preparer(examples.type());
    Row row = new Row(examples.type().size());
    DesignRow out = new DesignRow(preparation.width());
    double[][] design = new double[examples.rows().size()][preparation.width()];
    for (int i = 0; i < design.length; i++) {
      Examples.fill(row, examples.rows().get(i));
      preparer.prepare(row, out);
      for (int j = 0; j < out.size; j++) {
        design[i][out.indices[j]] = out.values[j];
      }
    }
    return design;
  }
}
