package io.millrace.learn;

import io.millrace.spec.TrainSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The snapshot dates of a training: those of the rule whose labels are known on the training date,
 * none before the pipeline's first date.
 *
 * @param waitDays so many days after a snapshot date its labels are known
 * @param from the pipeline's first date
 */
public record Snapshots(TrainSpec.Snapshots rule, int waitDays, LocalDate from) {
  /** The dates for a training date, oldest first. */
  public List<LocalDate> dates(LocalDate trainingDate) {
    LocalDate newest = trainingDate.minusDays(waitDays);
    List<LocalDate> dates;
    if (rule instanceof TrainSpec.Snapshots.All) {
      dates = days(from, newest);
    } else if (rule instanceof TrainSpec.Snapshots.Days history) {
      LocalDate oldest = newest.minusDays(history.days() - 1L);
      dates = days(oldest.isBefore(from) ? from : oldest, newest);
    } else if (rule instanceof TrainSpec.Snapshots.Months monthly) {
      dates = months(newest, monthly.months().orElse(Integer.MAX_VALUE));
    } else {
      dates =
          ((TrainSpec.Snapshots.Dates) rule)
              .dates().stream()
                  .filter(date -> !date.isBefore(from) && !date.isAfter(newest))
                  .sorted()
                  .toList();
    }
    return dates;
  }

  private static List<LocalDate> days(LocalDate first, LocalDate last) {
    return last.isBefore(first) ? List.of() : first.datesUntil(last.plusDays(1)).toList();
  }

  private List<LocalDate> months(LocalDate newest, int most) {
    List<LocalDate> dates = new ArrayList<>();
    LocalDate month = newest.withDayOfMonth(1);
    while (!month.isBefore(from) && dates.size() < most) {
      dates.add(month);
      month = month.minusMonths(1);
    }
    Collections.reverse(dates);
    return List.copyOf(dates);
  }

  /** The first training date that has any snapshot date. */
  public LocalDate firstTrainingDate() {
    LocalDate first = from;
    if (rule instanceof TrainSpec.Snapshots.Months && from.getDayOfMonth() > 1) {
      first = from.plusMonths(1).withDayOfMonth(1);
    } else if (rule instanceof TrainSpec.Snapshots.Dates some) {
      first =
          some.dates().stream()
              .filter(date -> !date.isBefore(from))
              .min(LocalDate::compareTo)
              .orElse(from);
    }
    return first.plusDays(waitDays);
  }
}
