package io.millrace.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schedule.HistoryInput.First;
import io.millrace.spec.SourceSpec.Landed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchedulingTest {
  private static final Map<String, String> SETTINGS =
      Map.of("landing", "hdfs://nn/landing", "warehouse", "hdfs://nn/wh");

  private static ScheduledPipeline cardFraud(String schedule, String... changes) {
    return ExampleSpecs.changed("card-fraud/trained.yaml", SETTINGS, schedule, changes);
  }

  private static String text(Block block) {
    if (block instanceof Block.Sequence sequence) {
      return sequence.blocks().stream()
          .map(SchedulingTest::text)
          .collect(Collectors.joining(" > "));
    }
    if (block instanceof Block.Parallel parallel) {
      return parallel.blocks().stream()
          .map(SchedulingTest::text)
          .collect(Collectors.joining(" | ", "(", ")"));
    }
    return ((Block.One) block).step().id();
  }

  private static List<String> history(List<HistoryInput> inputs) {
    return inputs.stream()
        .map(
            input ->
                "%s %s..%d"
                    .formatted(
                        input.dataSet(),
                        input.first() instanceof First.DaysBack back
                            ? back.days()
                            : ((First.On) input.first()).date(),
                        input.lastDaysBack()))
        .toList();
  }

  @Test
  void shouldRunSideBySideWhatDoesNotDependOnOneAnother() {
    ScheduledPipeline pipeline = cardFraud("{at: \"03:00\"}");

    assertEquals(
        "clean > (partials-card > features-card | partials-terminal > features-terminal | join > score)",
        text(pipeline.night().work()));
    assertTrue(pipeline.training().isEmpty());
  }

  @Test
  void shouldNeedOfEarlierNightsWhatItsStagesRead() {
    // windows of 30 days end on the date, those of terminals a week before it; transactions are
    // scored with the features of the day before
    assertEquals(
        List.of(
            "partials/card 29..1",
            "partials/terminal 36..1",
            "features/card 1..1",
            "features/terminal 1..1"),
        history(cardFraud("{at: \"03:00\"}").night().history()));
  }

  @Test
  void shouldNeedEarlierCleanRecordsForDuplicatesAcrossDates() {
    ScheduledPipeline pipeline =
        cardFraud("{at: \"03:00\"}", "keep: latest}", "keep: latest, across: 3d}");

    assertTrue(history(pipeline.night().history()).contains("clean 3..1"));
  }

  @Test
  void shouldTrainOnTheDaysThatHaveLabels() {
    Training training = cardFraud("{at: \"03:00\", train: sunday}").training().orElseThrow();

    assertEquals(DayOfWeek.SUNDAY, training.day());
    assertEquals("training > train", text(training.work()));
    // labels are known after 7 days, 90 days are learnt from, features are those of the day before
    assertEquals(
        List.of("clean 96..7", "features/card 97..8", "features/terminal 97..8"),
        history(training.history()));
    assertEquals(LocalDate.of(2026, 1, 8), training.first());
  }

  @Test
  void shouldScoreEntitiesBehindTheirFeatures() {
    ScheduledPipeline pipeline =
        ExampleSpecs.changed("card-fraud/pipeline.yaml", SETTINGS, "{at: \"03:00\"}");

    assertEquals(
        "clean > (partials-card > features-card > score | partials-terminal > features-terminal)",
        text(pipeline.night().work()));
    assertEquals(
        List.of("partials/card 29..1", "partials/terminal 36..1"),
        history(pipeline.night().history()));
  }

  @Test
  void shouldTrainOnSingleDates() {
    ScheduledPipeline pipeline =
        ExampleSpecs.changed(
            "online-retail/pipeline.yaml", SETTINGS, "{at: \"00:30\", train: monday}");

    // customers of 2011-06-01 on; who bought in the 30 days after is seen in all clean records
    // since
    Training training = pipeline.training().orElseThrow();
    assertEquals(
        List.of("clean 2011-06-01..0", "features/history 2011-06-01..30"),
        history(training.history()));
    assertEquals(LocalDate.of(2011, 7, 1), training.first());
  }

  @Test
  void shouldRunNothingButCleanWhereThereIsNothingElse() {
    ScheduledPipeline pipeline =
        ExampleSpecs.spec(
            "card-fraud/clean.yaml",
            """
            pipeline: clean-only
            warehouse: /wh
            source: {path: "/in/${date}", schema: transaction.avsc, from: 2026-01-01, done_flag: _DONE}
            schedule: {at: "03:00"}
            """,
            Map.of());

    assertEquals("clean", text(pipeline.night().work()));
    assertEquals(List.of(), pipeline.night().history());
    assertEquals(
        new Landing("/in/${date}", new Landed.DoneFlag("_DONE"), Duration.ofHours(6), false),
        pipeline.landing());
    assertEquals(
        new SpecFolder("clean.yaml", new TreeMap<>(Map.of("transaction.avsc", "transaction.avsc"))),
        pipeline.files());
  }

  @Test
  void shouldKeepPlaceholdersAsTheyAreWritten() {
    ScheduledPipeline pipeline = cardFraud("{at: \"03:00\"}");

    assertEquals("${landing}/dt=${date}", pipeline.landing().path());
    assertEquals("${warehouse}", pipeline.warehouse());
  }

  @Test
  void shouldGiveTheArgumentsOfAPerson() {
    ScheduledPipeline pipeline = cardFraud("{at: \"03:00\"}");

    assertEquals(
        List.of(
            "run p.yaml --set landing=hdfs://nn/landing --set warehouse=hdfs://nn/wh --date D --stage features/card"),
        pipeline
            .night()
            .work()
            .steps()
            .filter(step -> step.id().equals("features-card"))
            .map(step -> String.join(" ", step.arguments("p.yaml", pipeline.settings(), "D")))
            .toList());
  }

  @Test
  void shouldSayWhatIsMissingWhereThereIsNoSchedule() {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> cardFraud(""));

    assertEquals(
        "Cannot schedule card-fraud: it does not say when. Add for example `schedule: {at: \"03:00\"}` to /specs/card-fraud/trained.yaml; `millrace reference schedule` says what it takes.",
        e.getMessage());
  }
}
