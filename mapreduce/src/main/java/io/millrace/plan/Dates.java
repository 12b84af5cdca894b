package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Dates for a person: days that follow one another are a range.
 *
 * @param ranges oldest first
 */
public record Dates(List<Plan.DateRange> ranges) {
  private static final int SHOWN = 3;

  public Dates {
    ranges = List.copyOf(ranges);
  }

  public static Dates of(Collection<LocalDate> dates) {
    List<Plan.DateRange> ranges = new ArrayList<>();
    for (LocalDate date : new TreeSet<>(dates)) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).last().plusDays(1).equals(date)) {
        ranges.set(last, new Plan.DateRange(ranges.get(last).first(), date));
      } else {
        ranges.add(new Plan.DateRange(date, date));
      }
    }
    return new Dates(ranges);
  }

  /** The name of a data set's partition, or of its partitions. */
  public String of(String dataSet) {
    if (MissingModel.isPlace(dataSet)) {
      return "%s for %s".formatted(dataSet, this);
    }
    return isOne() ? "%s/dt=%s".formatted(dataSet, this) : "%s of %s".formatted(dataSet, this);
  }

  private boolean isOne() {
    return ranges.size() == 1 && ranges.get(0).first().equals(ranges.get(0).last());
  }

  /** {@code 2026-11-03}, {@code 2026-11-03 … 2026-11-20}, or several of these. */
  @Override
  public String toString() {
    String shown = ranges.stream().limit(SHOWN).map(Dates::text).collect(Collectors.joining(", "));
    int more = ranges.size() - SHOWN;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }

  private static String text(Plan.DateRange range) {
    return range.first().equals(range.last())
        ? range.first().toString()
        : range.first() + " … " + range.last();
  }
}
