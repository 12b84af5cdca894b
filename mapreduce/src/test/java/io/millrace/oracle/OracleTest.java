package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days around a change of the clocks, every value against DuckDB's. */
class OracleTest {
  private static final int DAYS = 8;

  @Test
  void shouldMakeOfEventsWhatDuckDbMakes(@TempDir Path home) throws IOException, SQLException {
    OracleFolder folder =
        OracleFolder.events(home, ZoneId.of("Europe/Berlin"), LocalDate.of(2026, 3, 25));
    folder.generate(DAYS, 120, 30, 1);

    Comparison comparison = folder.days(DAYS).scored(OracleFolder.EVENT_SCORE).compare();

    assertEquals("", comparison.differencesText());
    assertTrue(comparison.values() > 30_000, comparison::toString);
  }
}
