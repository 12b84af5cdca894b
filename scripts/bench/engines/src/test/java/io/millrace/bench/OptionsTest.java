package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options parse(String... arguments) {
    return Options.parse(Program.NIGHT, List.of(arguments), Path.of("scripts"));
  }

  @Test
  void shouldMeasureEverythingUnlessToldOtherwise() {
    Options options = parse();
    assertEquals(5_000_000, options.rows());
    assertEquals(3, options.rounds());
    assertEquals(List.of(Case.values()), options.cases());
    assertEquals(Program.NIGHT.engines(), options.engines());
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
    assertThrows(IllegalArgumentException.class, () -> parse("--workers=3"));
  }

  private static Options parseYarn(String... arguments) {
    return Options.parse(Program.YARN, List.of(arguments), Path.of("scripts"));
  }

  @Test
  void shouldKeepAClusterBesideTheData() {
    Options options = parseYarn("--work=/data");
    assertEquals(Path.of("/data/cluster"), options.cluster());
    assertEquals(2, options.workers());
    assertEquals(Program.YARN.engines(), options.engines());
  }

  @Test
  void shouldUseAClusterThatIsNamed() {
    Options options =
        parseYarn("--work=/data", "--cluster=/clusters/one", "--workers=3", "--memory=3072");
    assertEquals(Path.of("/clusters/one"), options.cluster());
    assertEquals(3, options.workers());
    assertEquals(3072, options.memoryMib());
  }

  @Test
  void shouldRefuseWhatAClusterCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> parseYarn("--engines=duckdb"));
    assertThrows(IllegalArgumentException.class, () -> parseYarn("--memory=100"));
    assertThrows(IllegalArgumentException.class, () -> parseYarn("--workers=0"));
  }
}
