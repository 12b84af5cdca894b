package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.example.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Months of generated and of real data, every value of every day against DuckDB's. */
class OracleIT {
  @ParameterizedTest
  @CsvSource({"Europe/Berlin, 2026-03-10, 11", "America/New_York, 2026-10-05, 12"})
  void shouldMakeOfMonthsOfEventsWhatDuckDbMakes(
      ZoneId zone, LocalDate first, long seed, @TempDir Path home)
      throws IOException, SQLException {
    int days = 62;
    OracleFolder folder = OracleFolder.events(home, zone, first);
    folder.edit("windows: [1d, 7d]", "windows: [1d, 7d, 30d]");
    folder.edit("delay: 2d", "delay: 7d");
    folder.edit("windows: [1d, 3d, 5d]", "windows: [1d, 7d, 30d]");
    folder.generate(days, 1000, 400, seed);
    folder.edit("device_flagged_3d", "device_flagged_7d");
    folder.edit("device_earliest_5d", "device_earliest_30d");
    check(
        folder.days(days).scored(OracleFolder.EVENT_SCORE.replace("flagged_3d", "flagged_7d")),
        2_000_000);
  }

  @Test
  void shouldMakeOfHalfAYearOfTransactionsWhatDuckDbMakes(@TempDir Path home)
      throws IOException, SQLException {
    int days = 183;
    OracleFolder folder = OracleFolder.transactions(home, LocalDate.of(2018, 4, 1));
    new TransactionGenerator(500, 1000, 3).write(home.resolve("landing"), folder.first(), days);
    check(folder.days(days), 2_000_000);
  }

  @Test
  void shouldMakeOfAYearOfInvoicesWhatDuckDbMakes(@TempDir Path home)
      throws IOException, SQLException {
    String shared = System.getProperty("millrace.shared.data");
    Path data = Path.of(shared == null ? "../../shared/data" : shared, "online_retail", "by-day");
    assumeTrue(
        Files.isDirectory(data),
        () -> "no invoices at " + data.toAbsolutePath() + "; set -Dmillrace.shared.data");
    Examples.Example example = Examples.named("online-retail").orElseThrow();
    for (String file : example.files()) {
      try (InputStream in = example.open(file)) {
        Path target = home.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(in, target);
      }
    }
    check(
        new OracleRun(
            home.resolve("pipeline.yaml"),
            Map.of(
                "landing", data.toAbsolutePath().toString(),
                "warehouse", home.resolve("warehouse").toString()),
            LocalDate.of(2010, 12, 1),
            LocalDate.of(2011, 12, 9)),
        10_000_000);
  }

  private static void check(OracleRun run, long atLeast) throws IOException, SQLException {
    long start = System.nanoTime();
    run.run();
    long ran = System.nanoTime();
    Comparison comparison = run.compareWhatIsThere();
    long compared = System.nanoTime();
    assertEquals("", comparison.differencesText());
    assertTrue(comparison.values() >= atLeast, comparison::toString);
    System.out.printf(
        "%s: %s; run in %d s, compared in %d s%n",
        run.spec(), comparison, (ran - start) / 1_000_000_000, (compared - ran) / 1_000_000_000);
  }
}
