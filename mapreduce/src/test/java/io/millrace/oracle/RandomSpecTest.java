package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that nobody thought of. */
class RandomSpecTest {
  @ParameterizedTest
  @ValueSource(longs = 14)
  void shouldMakeOfDrawnSpecsWhatDuckDbMakes(long seed, @TempDir Path home)
      throws IOException, SQLException {
    assertEquals("", compare(seed, home).differencesText());
  }

  /** Draws a spec, and data for it, and compares four days. */
  static Comparison compare(long seed, Path home) throws IOException, SQLException {
    int days = 3;
    OracleFolder folder =
        OracleFolder.events(home, ZoneId.of("Europe/Berlin"), LocalDate.of(2026, 3, 26));
    SpecGrammar grammar = new SpecGrammar(seed);
    String spec = grammar.pipeline();
    Files.writeString(folder.spec(), spec);
    folder.generate(days, 80, 20, seed);
    folder.model(0.5);
    try {
      return folder.days(days).scored(grammar.score()).compare();
    } catch (AssertionError | SQLException e) {
      throw new AssertionError("seed " + seed + "\n" + spec, e);
    }
  }
}
