package io.millrace.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Anybody's spec and data: see the README of this module. */
@EnabledIfSystemProperty(
    named = OwnSpecTest.SPEC,
    matches = ".+",
    disabledReason = "no spec was given")
class OwnSpecTest {
  static final String SPEC = "millrace.oracle.spec";

  @Test
  void shouldMakeWhatDuckDbMakes() throws IOException, SQLException {
    Map<String, String> settings = new HashMap<>();
    for (String setting : System.getProperty("millrace.oracle.settings", "").split(",", -1)) {
      int equals = setting.indexOf('=');
      if (equals > 0) {
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    OracleRun run =
        new OracleRun(
            Path.of(System.getProperty(SPEC)),
            settings,
            LocalDate.parse(System.getProperty("millrace.oracle.from")),
            LocalDate.parse(System.getProperty("millrace.oracle.to")));
    Comparison comparison = run.scored(System.getProperty("millrace.oracle.score", "")).compare();
    System.out.println(comparison);
    assertEquals("", comparison.differencesText());
  }
}
