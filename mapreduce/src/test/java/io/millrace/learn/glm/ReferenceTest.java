package io.millrace.learn.glm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.PublicData;
import io.millrace.learn.DesignRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Coefficients of scikit-learn on public data: reference.json, which reference.py makes. */
class ReferenceTest {
  @TestFactory
  Stream<DynamicTest> shouldAgreeWithScikitLearn() throws IOException {
    try (InputStream json = ReferenceTest.class.getResourceAsStream("reference.json")) {
      List<JsonNode> fits = new ArrayList<>();
      new ObjectMapper().readTree(json).forEach(fits::add);
      return fits.stream()
          .map(fit -> DynamicTest.dynamicTest(fit.get("name").asText(), () -> check(fit)));
    }
  }

  private static void check(JsonNode fit) throws IOException, InterruptedException {
    Family family = Family.valueOf(fit.get("family").asText());
    GlmProblem problem =
        new GlmProblem(
            family,
            texts(fit.get("columns")),
            texts(fit.get("classes")),
            fit.get("l1").asDouble(),
            fit.get("l2").asDouble(),
            100);
    RowSums rows = rows(fit, problem);
    FitResult result = GlmFit.run(problem, rows, FitListener.NONE);
    assertInstanceOf(StopReason.Converged.class, result.reason());
    assertOptimal(problem, rows, result.model());
    for (int k = 0; k < problem.shape().outputs(); k++) {
      for (int column = 0; column < problem.columns().size(); column++) {
        assertClose(
            problem.name(problem.shape().at(k, column)),
            fit.get("coefficients").get(k).get(column).asDouble(),
            result.model().coefficients().get(k).get(column));
      }
      assertClose(
          "intercept", fit.get("intercepts").get(k).asDouble(), result.model().intercepts().get(k));
    }
  }

  private static void assertClose(String name, double expected, double actual) {
    assertEquals(expected, actual, 1e-6 * Math.max(Math.abs(expected), 0.01), name);
  }

  /** The conditions of Karush, Kuhn and Tucker, which no other program is needed for. */
  private static void assertOptimal(GlmProblem problem, RowSums rows, GlmModel model)
      throws IOException, InterruptedException {
    double[] coefficients = model.flat();
    Sums sums = rows.at(coefficients, Order.GRADIENT);
    GlmShape shape = problem.shape();
    double small = 1e-9 * sums.rows();
    for (int at = 0; at < coefficients.length; at++) {
      boolean intercept = at % shape.block() == shape.width();
      double beta = coefficients[at];
      double slope = sums.gradient(at) + (intercept ? 0 : problem.l2() * beta);
      double l1 = intercept ? 0 : problem.l1();
      if (beta == 0 && !intercept) {
        assertTrue(Math.abs(slope) <= l1 + small, problem.name(at) + " should not be 0: " + slope);
      } else {
        assertEquals(0, slope + Math.signum(beta) * l1, small, problem.name(at));
      }
    }
  }

  private static RowSums rows(JsonNode fit, GlmProblem problem) throws IOException {
    List<List<String>> table = table(fit);
    List<String> names = table.remove(0);
    assertEquals(fit.get("rows").asInt(), table.size());
    int label = names.indexOf(fit.get("label").asText());
    int[] texts = texts(fit.get("texts")).stream().mapToInt(names::indexOf).toArray();
    List<double[]> numbers = new ArrayList<>();
    for (String number : texts(fit.get("numbers"))) {
      int field = names.indexOf(number);
      numbers.add(
          standardised(table.stream().mapToDouble(row -> number(row.get(field))).toArray()));
    }
    Map<String, Integer> places = new HashMap<>();
    problem.columns().forEach(column -> places.put(column, places.size()));
    FilesInMemory rows = new FilesInMemory(problem.shape(), 3);
    DesignRow row = new DesignRow(problem.columns().size());
    for (int i = 0; i < table.size(); i++) {
      row.clear();
      for (int number = 0; number < numbers.size(); number++) {
        row.add(number, numbers.get(number)[i]);
      }
      for (int text : texts) {
        row.add(places.get(names.get(text) + "=" + table.get(i).get(text)), 1);
      }
      double y = label(fit, problem, table.get(i).get(label));
      boolean heavy = problem.family() == Family.LOGISTIC && y == 1;
      rows.add(i * 3 / table.size(), row, y, heavy ? fit.get("weight").asDouble() : 1);
    }
    return rows;
  }

  private static double label(JsonNode fit, GlmProblem problem, String value) {
    return switch (problem.family()) {
      case LOGISTIC -> value.equals(fit.get("positive").asText()) ? 1 : 0;
      case MULTINOMIAL -> problem.classes().indexOf(value);
      case LINEAR, POISSON -> Double.parseDouble(value);
    };
  }

  private static double[] standardised(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(square / values.length);
    return Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
  }

  private static double number(String field) {
    return field.isEmpty() ? 0 : Double.parseDouble(field);
  }

  /** The names of the fields, then the rows. */
  private static List<List<String>> table(JsonNode fit) throws IOException {
    Path file = PublicData.find("", fit.get("file").asText().split("/", -1));
    char separator = fit.get("separator").asText().charAt(0);
    List<List<String>> table = new ArrayList<>();
    if (!fit.get("names").isEmpty()) {
      table.add(texts(fit.get("names")));
    }
    for (String line : Files.readAllLines(file)) {
      List<String> fields = fields(line, separator);
      if (table.isEmpty() || fields.size() == table.get(0).size()) {
        table.add(fields);
      }
    }
    return table;
  }

  private static List<String> fields(String line, char separator) {
    List<String> fields = new ArrayList<>();
    for (int from = 0; from <= line.length(); ) {
      int found = line.indexOf(separator, from);
      int end = found < 0 ? line.length() : found;
      String field = line.substring(from, end).strip();
      boolean quoted = field.startsWith("\"");
      fields.add(quoted ? field.substring(1, field.length() - 1) : field);
      from = end + 1;
    }
    return fields;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
