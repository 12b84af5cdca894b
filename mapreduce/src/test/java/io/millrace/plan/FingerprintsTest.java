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
      "1d9b91e7e6d0e561b54b054e7a1f74e7f5301a5c4aff7df47c722015db6d571d";
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
                "4d34a98a0c8f44afe3417561b7c80e73d36d96ea450dc38a75f10ead682bc614",
                new TreeMap<>(
                    Map.of(
                        "sum",
                        "711bf5bae1a3e9f868dd632a7b235b862a2648bcec0d68ca336894985bfa540a")))),
        stages.get(1).fingerprints());
  }

  @Test
  void shouldHashAllForTheManifest() {
    assertEquals(
        "5825b45496967128efab1f976ebc223d44f7fa63f55832be14459d7067d825ea",
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
