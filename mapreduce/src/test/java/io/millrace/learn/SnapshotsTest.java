package io.millrace.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.spec.TrainSpec;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 10);

  @Test
  void shouldTakeTheNewestDatesWhoseLabelsAreKnown() {
    Snapshots snapshots = new Snapshots(new TrainSpec.Snapshots.Days(3), 7, FROM);
    assertEquals(days("2026-02-20", "2026-02-21", "2026-02-22"), dates(snapshots, "2026-03-01"));
  }

  @Test
  void shouldTakeNoDateBeforeTheFirst() {
    Snapshots snapshots = new Snapshots(new TrainSpec.Snapshots.Days(90), 2, FROM);
    assertEquals(days("2026-01-10", "2026-01-11"), dates(snapshots, "2026-01-13"));
    assertEquals(List.of(), dates(snapshots, "2026-01-11"));
  }

  @Test
  void shouldTakeTheFirstDaysOfMonths() {
    Snapshots all = new Snapshots(new TrainSpec.Snapshots.Months(Optional.empty()), 30, FROM);
    Snapshots two = new Snapshots(new TrainSpec.Snapshots.Months(Optional.of(2)), 30, FROM);
    assertEquals(days("2026-02-01", "2026-03-01", "2026-04-01"), dates(all, "2026-05-01"));
    assertEquals(days("2026-02-01", "2026-03-01"), dates(two, "2026-04-30"));
  }

  @Test
  void shouldTakeGivenDatesWhoseLabelsAreKnown() {
    Snapshots some =
        new Snapshots(
            new TrainSpec.Snapshots.Dates(days("2026-01-01", "2026-02-01", "2026-03-01")),
            30,
            FROM);
    assertEquals(days("2026-02-01"), dates(some, "2026-03-03"));
    assertEquals(days("2026-02-01", "2026-03-01"), dates(some, "2026-03-31"));
  }

  @Test
  void shouldKnowTheFirstDateOnWhichThereIsAnythingToTrainOn() {
    List<TrainSpec.Snapshots> rules =
        List.of(
            new TrainSpec.Snapshots.Days(3),
            new TrainSpec.Snapshots.Months(Optional.of(2)),
            new TrainSpec.Snapshots.Dates(days("2026-01-09", "2026-01-20")));
    for (TrainSpec.Snapshots rule : rules) {
      Snapshots snapshots = new Snapshots(rule, 5, FROM);
      LocalDate first = snapshots.firstTrainingDate();
      assertEquals(1, snapshots.dates(first).size(), rule.toString());
      assertEquals(List.of(), snapshots.dates(first.minusDays(1)), rule.toString());
    }
  }

  private static List<LocalDate> dates(Snapshots snapshots, String trainingDate) {
    return snapshots.dates(LocalDate.parse(trainingDate));
  }

  private static List<LocalDate> days(String... days) {
    return List.of(days).stream().map(LocalDate::parse).toList();
  }
}
