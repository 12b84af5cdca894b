package io.millrace.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Months of generated events, every value of every day against DuckDB's. */
class EventsIT {
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
    folder
        .days(days)
        .scored(OracleFolder.EVENT_SCORE.replace("flagged_3d", "flagged_7d"))
        .check(2_000_000);
  }
}
