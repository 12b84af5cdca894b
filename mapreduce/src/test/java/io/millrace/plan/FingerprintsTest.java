package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The expected values were made with Python's hashlib and struct from the description in {@link
 * FingerprintBuilder}: other values would make every partition of every warehouse stale.
 */
class FingerprintsTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  private static final LocalDate DATE = LocalDate.of(2026, 11, 2);
  private static final String CLEAN_ROWS =
      "56c397965012e0198be1eec0020a280079829e07fb87a1ec75c6ca18c9c568de";
  private static final String CLEAN_X =
      "33c7fc11833b1bc4d48dcaad88ace5d90c05af627142c12e80caf93628a925e0";

  private final RawDay raw =
      new RawDay(
          true,
          List.of(
              new RawFile("b.csv", 20, 7, 0xFFFFFFFFL, "file:/b.csv"),
              new RawFile("a.csv", 10, 8, 1, "file:/a.csv")));

  @Test
  void shouldHashRawInput() {
    assertEquals(
        "a11c5322e817110364f8a1f5b2015be3bf94c6d8585e848dfd9341e2d1208e53", raw.fingerprint());
  }

  @Test
  void shouldHashRowsAndColumns() {
    List<PlannedStage> stages = planned();
    assertEquals(
        Optional.of(new Fingerprints(CLEAN_ROWS, new TreeMap<>(Map.of("x", CLEAN_X)))),
        stages.get(0).fingerprints());
    assertEquals(
        Optional.of(
            new Fingerprints(
                "d717ab011b0c27ea406e5ebb7aa4cf1b82a70ddd98afa1c206e520db0ba982ee",
                new TreeMap<>(
                    Map.of(
                        "sum",
                        "349d6fd6a6c17b19895327fca4e3e2220f8b6897faf3e8d76ffe3d2309cf5491")))),
        stages.get(1).fingerprints());
  }

  @Test
  void shouldHashAllForTheManifest() {
    assertEquals(
        "1381a199f9bf303c15b1b4e7d8d3408b1e3be8a9cfc02022b6037e9aeb501f0a",
        planned().get(0).fingerprint());
  }

  @Test
  void shouldLookTheSameToReadersOfOtherColumns() {
    Fingerprints one = new Fingerprints("rows", new TreeMap<>(Map.of("a", "1", "b", "2")));
    Fingerprints other = new Fingerprints("rows", new TreeMap<>(Map.of("a", "1", "b", "3")));
    assertEquals(
        one.asRead(new TreeSet<>(List.of("a"))), other.asRead(new TreeSet<>(List.of("a"))));
  }

  private List<PlannedStage> planned() {
    StageOutline clean =
        new StageOutline(
            StageId.clean(),
            3,
            Definition.of(Map.of("rules.r", "a > 0 – ü")),
            new TreeMap<>(Map.of("x", Definition.of(Map.of("derive.x", "a + 1")))),
            new StageInput.Raw());
    SortedMap<String, Definition> columns = new TreeMap<>();
    columns.put("sum", Definition.of(Map.of()).reading(StageId.clean(), List.of("x")));
    StageOutline partials =
        new StageOutline(
            StageId.partials("g"),
            1,
            Definition.of(Map.of()),
            columns,
            new StageInput.SameDay(StageId.clean()));
    PipelineOutline pipeline = new PipelineOutline("p", FROM, false, List.of(clean, partials));
    Facts facts =
        new Facts() {
          @Override
          public Optional<Manifest> manifest(String dataSet, LocalDate date) {
            return Optional.empty();
          }

          @Override
          public RawDay raw(LocalDate date) {
            return raw;
          }
        };
    return Planner.plan(pipeline, PlanRequest.of(DATE), facts).stages();
  }
}
