package io.millrace.bench;

import java.time.LocalDate;
import java.util.List;

/** How the same rows lie in landing folders. */
enum Layout {
  /** A folder for each of 31 days. */
  DAILY(LocalDate.of(2026, 1, 1)),
  /** The first day as yesterday's, the 30 others landed at once: one big night. */
  LOAD(LocalDate.of(2026, 1, 30));

  /** The date that is measured. */
  static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);

  /** The first day of the data. */
  static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

  static final int DAYS = 31;

  private final LocalDate first;

  Layout(LocalDate first) {
    this.first = first;
  }

  LocalDate first() {
    return first;
  }

  String folder() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The landing dates before the night, oldest first. */
  List<LocalDate> history() {
    return first.datesUntil(NIGHT).toList();
  }
}
