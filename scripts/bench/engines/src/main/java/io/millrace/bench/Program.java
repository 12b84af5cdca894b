package io.millrace.bench;

import java.util.List;

/** What is started: {@code scripts/bench/night} or {@code scripts/bench/yarn}. */
enum Program {
  NIGHT(
      "night",
      "Measures a night of card transactions by Millrace, Spark and DuckDB",
      List.of("millrace", "spark-natural", "spark-tuned", "duckdb", "duckdb-tuned")),
  YARN(
      "yarn",
      "Measures a night of card transactions by Millrace and Spark on YARN",
      List.of("millrace", "spark-natural", "spark-tuned"));

  private final String title;
  private final String purpose;
  private final List<String> engines;

  Program(String title, String purpose, List<String> engines) {
    this.title = title;
    this.purpose = purpose;
    this.engines = engines;
  }

  static Program of(String title) {
    return title.equals(YARN.title) ? YARN : NIGHT;
  }

  String title() {
    return title;
  }

  String purpose() {
    return purpose;
  }

  List<String> engines() {
    return engines;
  }
}
