package io.millrace.bench.engine;

import java.time.LocalDate;

/** The steps of a night, by one engine; each reads what stands in the warehouse and adds to it. */
interface Night extends AutoCloseable {
  /** Raw files of the date to {@code clean} and {@code quarantine/clean}. */
  void clean(LocalDate date) throws Exception;

  /**
   * Features of both groups as known at the end of the date, from the clean rows of all dates up to
   * it.
   */
  void features(LocalDate date) throws Exception;

  /** Scores of all clean rows of the date, with features of the day before. */
  void score(LocalDate date) throws Exception;

  @Override
  void close() throws Exception;
}
