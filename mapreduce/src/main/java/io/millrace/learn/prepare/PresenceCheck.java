package io.millrace.learn.prepare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks for inputs that are filled, or vary, on older dates but hardly on the newest: they become
 * known late, and will not be known when scores are made. Of the rows of all splits.
 */
final class PresenceCheck {
  /** So many rows the newest dates would have filled, were they like the older ones. */
  private static final double FEWEST_EXPECTED = 20;

  /** Suspicious is who has filled no more than this share of what was expected. */
  private static final double SUSPICIOUS_SHARE = 0.2;

  /** A date with fewer rows does not show whether an input varies. */
  private static final long FEWEST_ROWS = 20;

  private static final int FEWEST_DATES = 3;

  private final TableStatistics statistics;
  private final List<LocalDate> dates = new ArrayList<>();
  private final List<DatePresence.Day> days = new ArrayList<>();

  PresenceCheck(TableStatistics statistics) {
    this.statistics = statistics;
    for (Map.Entry<Long, DatePresence.Day> day : statistics.presence().days().entrySet()) {
      dates.add(LocalDate.ofEpochDay(day.getKey()));
      days.add(day.getValue());
    }
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (int input = 0; input < statistics.inputs().size(); input++) {
      String name = statistics.inputs().get(input).name();
      if (!addEmptier(name, input, warnings)) {
        addConstant(name, input, warnings);
      }
    }
    return warnings;
  }

  /** Cuts the dates where the newer part lacks the most of what the older part makes expect. */
  private boolean addEmptier(String name, int input, List<String> warnings) {
    long allRows = days.stream().mapToLong(day -> day.rows).sum();
    long allFilled = days.stream().mapToLong(day -> day.filled[input]).sum();
    long rows = 0;
    long filled = 0;
    double most = 0;
    String warning = "";
    for (int last = 0; last < days.size() - 1; last++) {
      rows += days.get(last).rows;
      filled += days.get(last).filled[input];
      long newerRows = allRows - rows;
      long newerFilled = allFilled - filled;
      double expected = (double) filled / rows * newerRows;
      if (expected >= FEWEST_EXPECTED
          && newerFilled <= SUSPICIOUS_SHARE * expected
          && expected - newerFilled > most) {
        most = expected - newerFilled;
        warning =
            ("%s is filled in %s of the rows up to %s, but in %s of those from %s on: does it become"
                    + " known only after the score is made?")
                .formatted(
                    name,
                    LeakCheck.share(filled, rows),
                    dates.get(last),
                    LeakCheck.share(newerFilled, newerRows),
                    dates.get(last + 1));
      }
    }
    if (most > 0) {
      warnings.add(warning);
    }
    return most > 0;
  }

  /** Whether all older dates have different values, and the newest ones all the same. */
  private void addConstant(String name, int input, List<String> warnings) {
    List<Integer> telling = new ArrayList<>();
    for (int day = 0; day < days.size(); day++) {
      if (days.get(day).filled[input] >= FEWEST_ROWS) {
        telling.add(day);
      }
    }
    int varying = 0;
    while (varying < telling.size() && days.get(telling.get(varying)).varies[input]) {
      varying++;
    }
    if (varying < FEWEST_DATES || telling.size() - varying < FEWEST_DATES) {
      return;
    }
    DatePresence.Day first = days.get(telling.get(varying));
    for (int day : telling.subList(varying, telling.size())) {
      if (!days.get(day).hasOnly(input, first)) {
        return;
      }
    }
    warnings.add(
        ("%s has different values on each date up to %s, but one value on all dates from %s on: does"
                + " it become known only after the score is made?")
            .formatted(name, dates.get(telling.get(varying - 1)), dates.get(telling.get(varying))));
  }
}
