package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run makes exactly what is stale, once, and touches nothing else. */
class StalenessIT extends StalenessCases {
  @ParameterizedTest
  @MethodSource("scenarios")
  void shouldMakeExactlyWhatIsStale(StalenessScenario scenario) throws IOException {
    CardFraudFolder example = changed(scenario);
    // what lies before source.from is no longer the pipeline's
    boolean later = example.text(example.spec()).contains("from: 2026-01-02");
    int first = later ? 2 : firstDay(scenario);
    SortedMap<String, String> before = content(example);
    assertEquals(scenario.toMake(), run(example, first));
    assertEquals(new TreeMap<>(), run(example, first));
    content(example)
        .forEach(
            (file, crc) -> {
              if (!isOf(file, scenario)) {
                assertEquals(before.get(file), crc, file);
              }
            });
  }

  /** The days of each stage that a run made. */
  private static SortedMap<String, List<Integer>> run(CardFraudFolder example, int first)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--json"));
    arguments.addAll(List.of(StalenessScenario.days(first, 3)));
    CommandResult run = example.millrace("run", arguments.toArray(String[]::new));
    run.expect(ExitCode.DONE);
    SortedMap<String, List<Integer>> days = new TreeMap<>();
    for (JsonNode stage : new JsonMapper().readTree(run.out()).get("ran")) {
      days.computeIfAbsent(stage.get("stage").asText(), key -> new ArrayList<>())
          .add(day(stage.get("date").asText()));
    }
    return days;
  }

  /** Data files with their checksum and time of change: what is made again has another time. */
  private static SortedMap<String, String> content(CardFraudFolder example) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    for (var file : example.dataFiles().entrySet()) {
      long changed = example.fileSystem().getFileStatus(file.getValue()).getModificationTime();
      content.put(file.getKey(), example.crc32c(file.getValue()) + " of " + changed);
    }
    assertNotEquals(0, content.size());
    return content;
  }

  private static boolean isOf(String file, StalenessScenario scenario) {
    return scenario.toMake().entrySet().stream()
        .flatMap(
            made ->
                StageId.parse(made.getKey()).dataSets().stream()
                    .flatMap(
                        dataSet ->
                            made.getValue().stream()
                                .map(day -> dataSet + "/dt=" + StalenessScenario.date(day))))
        .anyMatch(partition -> file.startsWith(partition + "/"));
  }
}
