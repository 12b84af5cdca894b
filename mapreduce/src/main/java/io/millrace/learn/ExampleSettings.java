package io.millrace.learn;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which rows become training rows; plain data that travels to the tasks.
 *
 * @param schema Avro schema of the training rows: the key, then date, split, label and weight of
 *     the example, then other columns
 * @param key the columns that name a row; none: all columns that are read of it do
 * @param days the snapshot dates whose rows are read
 * @param testBelow as {@link SplitPlan} has it
 * @param validationBelow as {@link SplitPlan} has it
 * @param negatives the share of rows with label 0 that is kept, in decimal digits; 1: all
 */
public record ExampleSettings(
    String schema,
    List<String> key,
    List<Day> days,
    long testBelow,
    long validationBelow,
    String negatives) {
  public ExampleSettings {
    key = List.copyOf(key);
    days = List.copyOf(days);
  }

  /**
   * A snapshot date.
   *
   * @param date as an epoch day
   * @param part what its rows are for, where their hash does not say otherwise
   */
  public record Day(long date, Part part) {}

  /** The settings for those dates of a plan that its rows are read of. */
  public static ExampleSettings of(
      String schema,
      List<String> key,
      List<LocalDate> dates,
      SplitPlan split,
      BigDecimal negatives) {
    return new ExampleSettings(
        schema,
        key,
        dates.stream()
            .map(date -> new Day(date.toEpochDay(), requireNonNull(split.dates().get(date))))
            .toList(),
        split.testBelow(),
        split.validationBelow(),
        negatives.toPlainString());
  }

  SplitPlan split() {
    NavigableMap<LocalDate, Part> parts = new TreeMap<>();
    days.forEach(day -> parts.put(LocalDate.ofEpochDay(day.date()), day.part()));
    return new SplitPlan(parts, testBelow, validationBelow);
  }
}
