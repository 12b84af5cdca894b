package io.millrace.learn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What scikit-learn says of the same rows: {@code reference.py} beside {@code reference.json}. */
class ReferenceMetricsTest {
  private static final double TOLERANCE = 1e-12;

  private static Stream<JsonNode> cases(String kind) throws IOException {
    try (InputStream in = ReferenceMetricsTest.class.getResourceAsStream("reference.json")) {
      return StreamSupport.stream(
          new ObjectMapper().readTree(in).required(kind).spliterator(), false);
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldMeasureTrueAndFalseLikeScikitLearn() throws IOException {
    return cases("binary")
        .map(each -> dynamicTest(each.required("name").asText(), () -> checkBinary(each)));
  }

  private static void checkBinary(JsonNode each) {
    Ranking ranking = new Ranking();
    for (int i = 0; i < each.required("labels").size(); i++) {
      ranking.add(
          each.required("labels").get(i).asInt() == 1,
          each.required("scores").get(i).asDouble(),
          each.required("weights").get(i).asDouble());
    }
    checkExpected(each, ranking.values());
  }

  @TestFactory
  Stream<DynamicTest> shouldMeasureNumbersLikeScikitLearn() throws IOException {
    return cases("numbers")
        .map(each -> dynamicTest(each.required("name").asText(), () -> checkNumbers(each)));
  }

  private static void checkNumbers(JsonNode each) {
    NumberTotals totals =
        new NumberTotals(
            UnitDeviance.valueOf(each.required("deviance").asText().toUpperCase(Locale.ROOT)));
    for (int i = 0; i < each.required("labels").size(); i++) {
      totals.add(
          each.required("labels").get(i).asDouble(),
          each.required("scores").get(i).asDouble(),
          each.required("weights").get(i).asDouble());
    }
    checkExpected(each, totals.values());
  }

  @TestFactory
  Stream<DynamicTest> shouldMeasureClassesLikeScikitLearn() throws IOException {
    return cases("classes")
        .map(each -> dynamicTest(each.required("name").asText(), () -> checkClasses(each)));
  }

  private static void checkClasses(JsonNode each) {
    List<String> classes = new ArrayList<>();
    each.required("classes").forEach(name -> classes.add(name.asText()));
    List<Ranking> rankings = classes.stream().map(name -> new Ranking()).toList();
    ClassTotals totals = new ClassTotals();
    for (int i = 0; i < each.required("labels").size(); i++) {
      String label = each.required("labels").get(i).asText();
      double weight = each.required("weights").get(i).asDouble();
      JsonNode probabilities = each.required("probabilities").get(i);
      int best = 0;
      for (int k = 0; k < classes.size(); k++) {
        best = probabilities.get(k).asDouble() > probabilities.get(best).asDouble() ? k : best;
        rankings.get(k).add(classes.get(k).equals(label), probabilities.get(k).asDouble(), weight);
      }
      totals.add(
          label, classes.get(best), probabilities.get(classes.indexOf(label)).asDouble(), weight);
    }
    ClassAreas areas = new ClassAreas();
    for (int k = 0; k < classes.size(); k++) {
      areas.add(classes.get(k), rankings.get(k).find(Metric.AUC));
    }
    List<MetricValue> values = new ArrayList<>(totals.values());
    values.addAll(areas.values());
    checkExpected(each, values);
    List<Double> expectedAreas = new ArrayList<>();
    each.required("areas").forEach(area -> expectedAreas.add(area.asDouble()));
    assertClose("areas", expectedAreas, Ranking.each(values, Metric.AUC_OF_CLASS));
    for (int k = 0; k < classes.size(); k++) {
      for (int found = 0; found < classes.size(); found++) {
        double expected = each.required("confusion").get(k).get(found).asDouble();
        assertEquals(expected, confusion(values, classes.get(k), classes.get(found)));
      }
    }
  }

  private static double confusion(List<MetricValue> values, String label, String found) {
    return values.stream()
        .filter(value -> value.metric() == Metric.CONFUSION)
        .filter(value -> value.label().orElseThrow().equals(label))
        .filter(value -> value.parameter().orElseThrow().equals(found))
        .mapToDouble(value -> value.value().orElseThrow())
        .sum();
  }

  private static void checkExpected(JsonNode each, List<MetricValue> values) {
    assertTrue(each.required("expected").size() > 2);
    each.required("expected")
        .properties()
        .forEach(
            expected ->
                assertClose(
                    expected.getKey(),
                    List.of(expected.getValue().asDouble()),
                    List.of(
                        Ranking.find(values, Metric.named(expected.getKey()).orElseThrow())
                            .orElseThrow()
                            .value()
                            .orElseThrow())));
  }

  private static void assertClose(String what, List<Double> expected, List<Double> found) {
    assertEquals(expected.size(), found.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          expected.get(i), found.get(i), TOLERANCE * Math.max(1, Math.abs(expected.get(i))), what);
    }
  }
}
