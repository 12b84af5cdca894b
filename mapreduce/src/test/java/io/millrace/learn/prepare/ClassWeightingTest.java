package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.learn.prepare.LabelSummary.ClassCount;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.TrainSpec.ClassWeights;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightingTest {
  private static final LabelSummary CONDITION =
      new LabelSummary.OfClasses(List.of(new ClassCount("0", 300), new ClassCount("1", 100)));
  private static final LabelSummary FLOWERS =
      new LabelSummary.OfClasses(
          List.of(
              new ClassCount("rose", 20), new ClassCount("tulip", 30), new ClassCount("true", 50)));

  @Test
  void shouldLetClassesCountTheSameWhenBalanced() {
    ClassWeighting weighting =
        ClassWeighting.of(new ClassWeights.Balanced(), BigDecimal.ONE, FLOWERS, false);
    assertEquals(List.of("rose", "tulip", "true"), weighting.names());
    assertEquals(List.of(100 / 60.0, 100 / 90.0, 100 / 150.0), weighting.weights());
  }

  @Test
  void shouldCountRowsThatWereSampledAwayWhenBalanced() {
    // 300 negatives stand for 3000: 3100 / (2 * 3000) and 3100 / (2 * 100)
    ClassWeighting weighting =
        ClassWeighting.of(new ClassWeights.Balanced(), new BigDecimal("0.1"), CONDITION, true);
    assertEquals(List.of(3100 / 6000.0, 15.5), weighting.weights());
  }

  @Test
  void shouldTakeTrueAndFalseForTheValuesOfACondition() {
    ClassWeighting weighting = ClassWeighting.of(given("true", 5), BigDecimal.ONE, CONDITION, true);
    assertEquals(List.of(1.0, 5.0), weighting.weights());
  }

  @Test
  void shouldTakeTrueForTheNameOfAClassWhereLabelsAreTexts() {
    assertEquals(
        List.of(1.0, 1.0, 5.0),
        ClassWeighting.of(given("true", 5), BigDecimal.ONE, FLOWERS, false).weights());
  }

  @Test
  void shouldWeighNothingWhereNothingIsSaidOrTheLabelIsANumber() {
    assertEquals(
        List.of(),
        ClassWeighting.of(new ClassWeights.None(), BigDecimal.ONE, CONDITION, true).weights());
    LabelSummary numbers = new LabelSummary.OfNumbers(10, 2, 1, 0, 5);
    assertEquals(
        new ClassWeighting(List.of(), List.of()),
        ClassWeighting.of(new ClassWeights.None(), BigDecimal.ONE, numbers, false));
  }

  @Test
  void shouldRefuseAWeightOfAClassThatIsNotThere() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ClassWeighting.of(given("lily", 2), BigDecimal.ONE, FLOWERS, false));
    assertEquals(
        "Cannot weigh the class lily (train.class_weights): the rows to learn from have rose, tulip, true",
        refused.getMessage());
  }

  private static ClassWeights given(String name, double weight) {
    return new ClassWeights.Given(
        Map.of(name, new Located<>(weight, new Location("pipeline.yaml", 1, 1))));
  }
}
