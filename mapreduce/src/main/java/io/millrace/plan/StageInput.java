package io.millrace.plan;

import io.millrace.learn.Snapshots;
import java.time.LocalDate;
import java.util.List;

/** What a stage reads for a date. */
public sealed interface StageInput {
  /** The date's raw files. */
  record Raw() implements StageInput {}

  /** Partitions of another stage, or of the same one's earlier dates. */
  sealed interface Partitions extends StageInput {
    /** The stage whose main data set is read. */
    StageId of();

    /**
     * The dates read for {@code date}, oldest first: none before {@code from}, where history is
     * empty.
     */
    List<LocalDate> dates(LocalDate date, LocalDate from);
  }

  /** Another stage's partition of the same date. */
  record SameDay(StageId of) implements Partitions {
    @Override
    public List<LocalDate> dates(LocalDate date, LocalDate from) {
      return date.isBefore(from) ? List.of() : List.of(date);
    }
  }

  /**
   * Another stage's partitions of the snapshot dates of a training, or of days before each.
   *
   * @param daysBefore how many days before each snapshot date
   */
  record OfSnapshots(StageId of, Snapshots snapshots, int daysBefore) implements Partitions {
    @Override
    public List<LocalDate> dates(LocalDate date, LocalDate from) {
      return snapshots.dates(date).stream()
          .map(snapshot -> snapshot.minusDays(daysBefore))
          .filter(day -> !day.isBefore(from))
          .toList();
    }
  }

  /**
   * Another stage's partitions from the day after the first snapshot date of a training to its
   * date.
   */
  record SinceSnapshots(StageId of, Snapshots snapshots) implements Partitions {
    @Override
    public List<LocalDate> dates(LocalDate date, LocalDate from) {
      List<LocalDate> all = snapshots.dates(date);
      return all.isEmpty()
          ? List.of()
          : all.get(0).plusDays(1).datesUntil(date.plusDays(1)).toList();
    }
  }

  /**
   * Another stage's partitions of a range of dates; the same stage's, where the newest lies before
   * the date.
   *
   * @param firstDaysBack how many days the oldest lies before the date
   * @param lastDaysBack how many days the newest lies before the date
   */
  record Window(StageId of, int firstDaysBack, int lastDaysBack) implements Partitions {
    public Window {
      if (lastDaysBack < 0 || firstDaysBack < lastDaysBack) {
        throw new IllegalArgumentException(
            "Cannot read %s from %d to %d days back: expected first >= last >= 0"
                .formatted(of, firstDaysBack, lastDaysBack));
      }
    }

    @Override
    public List<LocalDate> dates(LocalDate date, LocalDate from) {
      LocalDate oldest = date.minusDays(firstDaysBack);
      LocalDate first = oldest.isBefore(from) ? from : oldest;
      LocalDate end = date.minusDays(lastDaysBack).plusDays(1);
      return first.isBefore(end) ? first.datesUntil(end).toList() : List.of();
    }
  }
}
