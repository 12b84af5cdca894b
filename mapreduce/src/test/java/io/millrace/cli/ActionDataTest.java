package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionDataTest {
  private static final ActionData.Subject CLEAN = new ActionData.Subject("clean", "2026-01-02");

  @TempDir Path folder;

  private static Map<String, Object> blocked(String... missing) {
    return Map.of("blocked", List.of(Map.of("missing", List.of(missing))));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "DONE, DONE",
        "FAILED, -",
        "USAGE, WRONG_SPEC",
        "QUALITY, QUALITY",
        "INPUT_MISSING, INPUT_MISSING",
        "LEASED, -"
      })
  void shouldLetOozieTryAgainWhatCanPass(ExitCode code, ActionData.@Nullable State expected)
      throws ActionFailedException {
    if (expected == null) {
      assertEquals("clean of 2026-01-02: No.", failure(code, Map.of()));
    } else {
      assertEquals(expected, ActionData.of(CLEAN, code, Map.of(), "No.").state());
    }
  }

  private static String failure(ExitCode code, Map<String, Object> soFar) {
    return assertThrows(ActionFailedException.class, () -> ActionData.of(CLEAN, code, soFar, "No."))
        .getMessage();
  }

  @Test
  void shouldLetOozieTryAgainWhereAnotherNightIsMadeAgain() {
    String stale = "partials/card/dt=2026-01-01: stale";
    String model = "models/fraud for 2026-01-02: no version was trained by then";
    assertEquals(
        "clean of 2026-01-02: missing: " + stale, failure(ExitCode.INPUT_MISSING, blocked(stale)));
    assertEquals(
        "clean of 2026-01-02: missing: " + model + "; " + stale,
        failure(ExitCode.INPUT_MISSING, blocked(model, stale)));
    Map<String, Object> changed = Map.of("failed", List.of(Map.of("stage", "clean")));
    assertEquals("clean of 2026-01-02: No.", failure(ExitCode.INPUT_MISSING, changed));
  }

  @Test
  void shouldTellAModelWithoutAVersionFromInputThatIsMissing() throws ActionFailedException {
    String model = "models/fraud for 2026-01-02: no version was trained by then";
    String raw = "raw/dt=2026-01-02: the raw input is not there";
    ActionData only = ActionData.of(CLEAN, ExitCode.INPUT_MISSING, blocked(model), "Train.");
    assertEquals(ActionData.State.NO_MODEL, only.state());
    assertEquals("", only.reason());
    ActionData both = ActionData.of(CLEAN, ExitCode.INPUT_MISSING, blocked(model, raw), "Do.");
    assertEquals(ActionData.State.INPUT_MISSING, both.state());
    assertEquals("clean of 2026-01-02: missing: " + model + "; " + raw, both.reason());
  }

  @ParameterizedTest
  @CsvSource({
    "run p.yaml --date 2026-01-02 --stage clean, clean of 2026-01-02",
    "run p.yaml --stage=partials/card --date=2026-01-02, partials/card of 2026-01-02",
    "train p.yaml --date 2026-01-02, train of 2026-01-02",
    "await p.yaml --for 6h, await",
    "run p.yaml --date, run"
  })
  void shouldSayWhatACommandWasAbout(String arguments, String expected) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertEquals(expected, ActionData.Subject.of(words).toString());
  }

  @Test
  void shouldNameCountsOfOtherStagesWithTheirStage() throws ActionFailedException {
    Map<String, Object> did =
        Map.of(
            "run",
            "20260102-r",
            "ran",
            List.of(
                Map.of("stage", "training", "counts", Map.of("rows", 7)),
                Map.of("stage", "train", "counts", Map.of("rows", 5, "rounds", 2))));
    ActionData.Subject subject = new ActionData.Subject("train", "2026-01-02");
    ActionData data = ActionData.of(subject, ExitCode.DONE, did, "");
    assertEquals(Map.of("rounds", 2L, "rows", 5L, "training.rows", 7L), data.counts());
    assertEquals("20260102-r", data.run());
  }

  @Test
  void shouldBeReadAsPropertiesByOozie() throws IOException {
    ActionData data =
        new ActionData(
            ActionData.State.WRONG_SPEC,
            CLEAN,
            "r1",
            "clean of 2026-01-02: größer als 5 % = zu groß: \\",
            new TreeMap<>(Map.of("clean_records_read_total", 12L)));
    Properties read = written(data);
    assertEquals(
        Map.of(
            "state", "wrong_spec",
            "stage", "clean",
            "date", "2026-01-02",
            "run", "r1",
            "reason", "clean of 2026-01-02: größer als 5 % = zu groß: \\",
            "clean_records_read_total", "12"),
        read);
  }

  @Test
  void shouldStayBelowWhatOozieTakes() throws IOException {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      counts.put("count_%03d".formatted(i), (long) i);
    }
    String reason = ActionData.reason(CLEAN, "…".repeat(3000));
    ActionData data = new ActionData(ActionData.State.QUALITY, CLEAN, "r1", reason, counts);
    Properties read = written(data);
    assertEquals("quality", read.getProperty("state"));
    assertTrue(read.getProperty("reason").startsWith("clean of 2026-01-02: ……"));
    assertTrue(read.containsKey("count_000") && !read.containsKey("count_199"), read::toString);
  }

  /** As Oozie reads it. */
  private Properties written(ActionData data) throws IOException {
    Path file = folder.resolve("output.properties");
    data.write(file);
    assertTrue(Files.size(file) <= 2048, () -> file.toFile().length() + " bytes");
    Properties read = new Properties();
    read.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
    return read;
  }
}
