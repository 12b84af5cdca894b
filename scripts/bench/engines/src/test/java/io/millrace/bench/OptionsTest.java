package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), Path.of("scripts"));
  }

  @Test
  void shouldMeasureEverythingUnlessToldOtherwise() {
    Options options = parse();
    assertEquals(5_000_000, options.rows());
    assertEquals(3, options.rounds());
    assertEquals(List.of(Case.values()), options.cases());
    assertEquals(Options.ENGINES, options.engines());
    assertEquals(Path.of("scripts/millrace"), options.millrace());
  }

  @Test
  void shouldReadBothFormsOfOptions() {
    Options options = parse("--rows=20_000_000", "--cases", "clean,night", "--engines=duckdb");
    assertEquals(20_000_000, options.rows());
    assertEquals(List.of(Case.CLEAN, Case.NIGHT), options.cases());
    assertEquals(List.of("duckdb"), options.engines());
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThrows(IllegalArgumentException.class, () -> parse("--cases=morning"));
    assertThrows(IllegalArgumentException.class, () -> parse("--engines=hive"));
    assertThrows(IllegalArgumentException.class, () -> parse("--row=5"));
    assertThrows(IllegalArgumentException.class, () -> parse("--rows"));
    assertThrows(IllegalArgumentException.class, () -> parse("--rounds=0"));
  }
}
