package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.reference.GeneratedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes what stale, and nothing else; {@link StalenessIT} runs it. */
class StalenessTest extends StalenessCases {
  @ParameterizedTest
  @MethodSource("scenarios")
  void shouldFindExactlyWhatIsStaleAndWhy(StalenessScenario scenario) throws IOException {
    JsonNode status = status(changed(scenario), firstDay(scenario));
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
      int day = day(date.get("date").asText());
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
