package io.millrace.plan;

import static io.millrace.plan.CardPipeline.day;
import static io.millrace.plan.FakeWarehouse.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpecChangeTest {
  private static final String RULE =
      "rules.amount_in_range was `amount BETWEEN 0 AND 100000`, is `amount > 0`";

  private final CardPipeline before = new CardPipeline();
  private final CardPipeline now = new CardPipeline();
  private final FakeWarehouse warehouse = new FakeWarehouse();

  @BeforeEach
  void runFourDays() {
    warehouse.landEach(day(1), day(4));
    warehouse.run(before, PlanRequest.of(day(1), day(4)));
  }

  private SpecChange change() {
    return warehouse.change(before, now, day(1), day(4));
  }

  private static List<String> lines(List<Group> groups) {
    return groups.stream()
        .map(
            group -> "%s %s: %s".formatted(group.stages(), Dates.of(group.dates()), group.reason()))
        .toList();
  }

  @Test
  void shouldSayThatNothingChanges() {
    SpecChange change = change();
    assertEquals(List.of(), change.toMake());
    assertEquals(List.of(), change.works());
    assertEquals(List.of(), change.columns());
    assertEquals(4, change.untouched().get(StageId.clean()));
  }

  @Test
  void shouldTellWhatAnEditMakesStaleAndWhatItReads() {
    now.aggregates.put("web_share", List.of("channel"));
    SpecChange change = change();
    assertEquals(
        List.of(
            "[partials/card] 2026-11-01 … 2026-11-04: stale: column web_share was added",
            "[features/card] 2026-11-01 … 2026-11-04: stale: column web_share_3d was added; and"
                + " because of partials/card of 2026-11-01 … 2026-11-04: column web_share was"
                + " added"),
        lines(change.toMake()));
    assertEquals(Map.of(StageId.clean(), 4, StageId.score(), 4), change.untouched());
    // a partition of the fake warehouse has 50 bytes; windows reach 1, 2, 3 and 3 days
    assertEquals(
        List.of(Map.of("clean", 200L), Map.of("partials/card", 450L)),
        change.works().stream().map(SpecChange.Work::bytes).toList());
    assertEquals(
        List.of("features/card [web_share_3d] [] STAYS"),
        change.columns().stream()
            .map(c -> "%s %s %s %s".formatted(c.dataSet(), c.added(), c.removed(), c.whole()))
            .toList());
  }

  @Test
  void shouldShowApartWhatWasStaleBefore() {
    warehouse.land(day(4), file("part-1.csv", 77));
    now.aggregates.put("web_share", List.of("channel"));
    SpecChange change = change();
    assertEquals(
        List.of(
            "[clean] 2026-11-04: stale: raw/part-1.csv changed",
            "[partials/card] 2026-11-04: stale: column web_share was added; and because of"
                + " clean/dt=2026-11-04: raw/part-1.csv changed",
            "[features/card] 2026-11-04: stale: column web_share_3d was added; and because of"
                + " clean/dt=2026-11-04: raw/part-1.csv changed; partials/card of 2026-11-02 …"
                + " 2026-11-04: column web_share was added",
            "[score] 2026-11-04: stale because of clean/dt=2026-11-04: raw/part-1.csv changed"),
        lines(change.toMakeAnyway()));
    assertEquals(
        List.of("2026-11-01 … 2026-11-03", "2026-11-01 … 2026-11-03"),
        change.toMake().stream().map(group -> Dates.of(group.dates()).toString()).toList());
  }

  @Test
  void shouldSayWhatAnEditMends() {
    before.rules.put("rules.amount_in_range", "amount > 0");
    SpecChange change = change();
    assertEquals(List.of(), change.toMake());
    assertEquals(
        List.of(
            "[clean] 2026-11-01 … 2026-11-04: stale: " + RULE,
            "[partials/card, features/card, score] 2026-11-01 … 2026-11-04: stale because of"
                + " clean of 2026-11-01 … 2026-11-04: "
                + RULE),
        lines(change.mended()));
  }

  @Test
  void shouldSayWhatCannotFollow() {
    warehouse.removeRaw(day(2));
    now.rules.put("rules.amount_in_range", "amount > 0");
    SpecChange change = change();
    assertEquals(
        List.of(
            "[clean] 2026-11-02: kept as it is, for what it was made from is gone; since then: "
                + RULE),
        lines(change.kept()));
    assertEquals(3, change.works().get(0).dates().size());
  }

  @Test
  void shouldTellOfDatesThatComeInFront() {
    warehouse.landEach(day(1).minusDays(2), day(1).minusDays(1));
    now.from = day(1).minusDays(2);
    SpecChange change = warehouse.change(before, now, now.from, day(4));
    assertEquals(
        "[clean, partials/card, features/card, score] 2026-10-30 … 2026-10-31: not made yet",
        lines(change.toMake()).stream()
            .filter(line -> line.endsWith("not made yet"))
            .findFirst()
            .orElseThrow());
    assertEquals(List.of(), change.toMakeAnyway());
  }
}
