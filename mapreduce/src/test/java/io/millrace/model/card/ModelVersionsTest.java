package io.millrace.model.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.model.card.ModelVersions.Choice;
import io.millrace.model.card.Production.Action;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelVersionsTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  private static final ModelVersion A = ModelVersion.parse("2026-11-01-1");
  private static final ModelVersion B = ModelVersion.parse("2026-11-08-1");
  private static final ModelVersion C = ModelVersion.parse("2026-11-08-2");
  private static final ModelVersion D = ModelVersion.parse("2026-11-15-1");
  private static final ModelVersion E = ModelVersion.parse("2026-11-22-1");

  /** All but D are accepted. */
  private static ModelVersions versions(Optional<Production> decision) {
    return new ModelVersions(
        "fraud", List.of(E, A, D, C, B), Set.of(A, B, C, E)::contains, decision);
  }

  private static Optional<Production> byHand(ModelVersion version) {
    return Optional.of(new Production(Action.PROMOTE, version, null, "ada", AT));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01, 2026-11-01-1",
    "2026-11-07, 2026-11-01-1",
    "2026-11-08, 2026-11-08-2", // of two of a day the later
    "2026-11-15, 2026-11-08-2", // that of the day was not accepted
    "2026-11-22, 2026-11-22-1",
    "2027-01-01, 2026-11-22-1"
  })
  void shouldTakeTheNewestAcceptedOneThatWasTrainedByThen(LocalDate date, String version) {
    assertEquals(
        new Choice.Chosen(ModelVersion.parse(version), false),
        versions(Optional.empty()).chosenFor(date));
  }

  @Test
  void shouldTakeTheOneSetByHandForEachDate() {
    for (LocalDate date : List.of(LocalDate.of(2026, 11, 1), LocalDate.of(2027, 1, 1))) {
      assertEquals(new Choice.Chosen(D, true), versions(byHand(D)).chosenFor(date));
    }
  }

  @Test
  void shouldAskOnlyOfTheVersionsThatMatter() {
    List<ModelVersion> asked = new ArrayList<>();
    ModelVersions versions =
        new ModelVersions("fraud", List.of(A, B, C), version -> asked.add(version), byHand(A));
    Choice unused = versions.chosenFor(LocalDate.of(2026, 11, 30));
    assertEquals(List.of(), asked);
    new ModelVersions("fraud", List.of(A, B, C), asked::add, Optional.empty())
        .chosenFor(LocalDate.of(2026, 11, 30));
    assertEquals(List.of(C), asked);
  }

  @Test
  void shouldSayWhyThereIsNone() {
    assertEquals(
        new Choice.None(
            "no version of the model fraud was trained by then; the oldest is 2026-11-01-1"),
        versions(Optional.empty()).chosenFor(LocalDate.of(2026, 10, 31)));
    ModelVersions refused =
        new ModelVersions("fraud", List.of(A, D), version -> false, Optional.empty());
    assertEquals(
        new Choice.None(
            "no version of the model fraud that was trained by then was accepted; the newest of them is 2026-11-01-1"),
        refused.chosenFor(LocalDate.of(2026, 11, 2)));
    assertEquals(
        new Choice.None("no version of the model fraud was accepted"), refused.inProduction());
    ModelVersions none = new ModelVersions("fraud", List.of(), version -> true, Optional.empty());
    assertEquals(
        new Choice.None("no version of the model fraud was trained yet"),
        none.chosenFor(LocalDate.of(2026, 11, 2)));
    assertEquals(
        new Choice.None(
            "version 2026-11-30-1 of the model fraud was put into production by hand and is no longer there"),
        versions(byHand(ModelVersion.parse("2026-11-30-1"))).chosenFor(LocalDate.of(2026, 12, 2)));
  }

  /** What is in production after some steps: a version is promoted, {@code back} rolls back. */
  private static Optional<ModelVersion> after(String... steps) {
    Optional<Production> decision = Optional.empty();
    for (String step : steps) {
      ModelVersions versions = versions(decision);
      decision =
          Optional.of(
              switch (step) {
                case "back" -> versions.rollback("ada", AT);
                case "newest" -> versions.promote(Optional.empty(), "ada", AT);
                default -> versions.promote(Optional.of(ModelVersion.parse(step)), "ada", AT);
              });
    }
    return versions(decision).inProduction().found();
  }

  @ParameterizedTest
  @CsvSource({
    "back, 2026-11-08-2",
    "back back, 2026-11-08-1",
    "back newest, 2026-11-22-1",
    "2026-11-01-1, 2026-11-01-1",
    "2026-11-01-1 back, 2026-11-22-1", // the promotion is undone
    "2026-11-01-1 2026-11-08-1 back, 2026-11-01-1",
    "2026-11-08-2 back back, 2026-11-08-2",
    "2026-11-15-1, 2026-11-15-1",
    "newest back, 2026-11-22-1"
  })
  void shouldUndoPromotionsAndElseGoBackToOlderVersions(String steps, String inProduction) {
    assertEquals(
        Optional.of(ModelVersion.parse(inProduction)),
        after(Arrays.stream(steps.split(" ")).toArray(String[]::new)));
  }

  @Test
  void shouldRefuseToGoBackBehindTheOldest() {
    assertEquals(
        "Cannot roll back fraud: no version before 2026-11-01-1 was accepted",
        assertThrows(IllegalArgumentException.class, () -> after("back", "back", "back", "back"))
            .getMessage());
    ModelVersions none = new ModelVersions("fraud", List.of(), version -> true, Optional.empty());
    assertEquals(
        "Cannot roll back fraud: no version of the model fraud was trained yet",
        assertThrows(IllegalArgumentException.class, () -> none.rollback("ada", AT)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"2026-11-15", "2026-11-15-0", "2026-11-31-1", "v=2026-11-15-1", "newest", "''"})
  void shouldRefuseWhatIsNoVersion(String text) {
    assertEquals(
        "Cannot read the version %s: expected the day of training and a number, such as 2026-11-15-1"
            .formatted(text),
        assertThrows(IllegalArgumentException.class, () -> ModelVersion.parse(text)).getMessage());
  }

  @Test
  void shouldOrderVersionsByDayAndNumber() {
    assertEquals(
        List.of("2026-11-08-2", "2026-11-08-10", "2026-11-09-1"),
        List.of("2026-11-09-1", "2026-11-08-10", "2026-11-08-2").stream()
            .map(ModelVersion::parse)
            .sorted()
            .map(ModelVersion::toString)
            .toList());
  }
}
