package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.reference.GeneratedPage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes what stale, and nothing else; {@link StalenessIT} runs it. */
class StalenessTest {
  @TempDir static Path made;
  @TempDir Path home;

  @BeforeAll
  static void make() throws IOException {
    StalenessFolder.make(made);
  }

  static Stream<StalenessScenario> scenarios() {
    return StalenessScenario.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void shouldFindExactlyWhatIsStaleAndWhy(StalenessScenario scenario) throws IOException {
    CardFraudFolder example = StalenessFolder.copy(made, home);
    scenario.edit().in(example, home);
    int first = scenario.toMake().values().stream().anyMatch(days -> days.contains(0)) ? 0 : 1;
    JsonNode status = status(example, first);
    assertEquals(scenario.toMake(), toMake(status));
    if (!scenario.why().isEmpty()) {
      String reason = status.get("reasons").get(0).get("reason").asText();
      assertTrue(reason.contains(scenario.why()), reason);
    }
  }

  private static JsonNode status(CardFraudFolder example, int first) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--json"));
    arguments.addAll(List.of(StalenessScenario.days(first, 3)));
    String out =
        example.millrace("status", arguments.toArray(String[]::new)).expect(ExitCode.DONE).out();
    return new JsonMapper().readTree(out);
  }

  /** The days of each stage that are stale or missing. */
  static SortedMap<String, List<Integer>> toMake(JsonNode status) {
    SortedMap<String, List<Integer>> days = new TreeMap<>();
    for (JsonNode date : status.get("dates")) {
      int day =
          1
              + (int)
                  ChronoUnit.DAYS.between(
                      CardFraudFolder.FIRST, LocalDate.parse(date.get("date").asText()));
      date.get("stages")
          .properties()
          .forEach(
              stage -> {
                if (List.of("stale", "missing").contains(stage.getValue().asText())) {
                  days.computeIfAbsent(stage.getKey(), key -> new ArrayList<>()).add(day);
                }
              });
    }
    return days;
  }

  @Test
  void shouldBeWrittenDown() throws IOException {
    String table =
        GeneratedPage.table(
            List.of("what changes", "what is made again"),
            StalenessScenario.all()
                .map(scenario -> List.of(scenario.what(), scenario.effect()))
                .toList());
    GeneratedPage.check("staleness.md", Map.of("changes", table));
  }
}
