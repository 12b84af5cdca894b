package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReportTest {
  private static Measurement took(double wall, double cpu) {
    return new Measurement(wall, cpu, 512L << 20, 10L << 20, 20L << 20);
  }

  @Test
  void shouldTakeRatiosWithinRounds() {
    Report report = new Report();
    report.add(Case.CLEAN, "millrace", took(10, 20));
    report.add(Case.CLEAN, "duckdb", took(15, 10));
    report.add(Case.CLEAN, "millrace", took(20, 20));
    report.add(Case.CLEAN, "duckdb", took(20, 20));
    report.add(Case.CLEAN, "millrace", took(10, 20));
    report.add(Case.CLEAN, "duckdb", took(40, 30));

    assertEquals(
        """
        | case | engine | wall s | CPU s | peak MiB | read MiB | written MiB | wall ÷ millrace | CPU ÷ millrace |
        |---|---|---:|---:|---:|---:|---:|---:|---:|
        | clean | millrace | 10.0 (10.0–20.0) | 20.0 | 512 | 10 | 20 | 1.00 | 1.00 |
        | clean | duckdb | 20.0 (15.0–40.0) | 20.0 (10.0–30.0) | 512 | 10 | 20 | 1.50 (1.00–4.00) | 1.00 (0.50–1.50) |
        """,
        report.table());
    assertEquals(
        "clean, duckdb ÷ millrace, round by round: wall 1.50 1.00 4.00; CPU 0.50 1.00 1.50\n",
        report.rounds());
  }
}
