package io.millrace.spec;

import static io.millrace.reference.GeneratedPage.code;
import static io.millrace.reference.GeneratedPage.table;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.reference.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's tables of keys are made from the readers' own keys, and its examples are valid. */
class ReferencePageTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern SETTING = Pattern.compile("(?<!\\$)\\$\\{(?!date)([a-z]+)}");

  /** What an example of one section leaves out. */
  private static final Map<String, String> REST =
      Map.of(
          "pipeline", "p",
          "warehouse", "/w",
          "source", "{path: /in, schema: s.avsc, from: 2026-01-01, event_time: ts}",
          "features", "{card: {entity: card_id, windows: 7d, aggregates: {n: COUNT(*)}}}");

  @Test
  void shouldShowTheKeysThatTheReadersRead() throws IOException {
    Map<String, String> blocks = new TreeMap<>();
    for (SpecReference.Mapping mapping : SpecReference.mappings()) {
      blocks.put(
          "keys of " + mapping.title(),
          table(
              List.of("key", "value", "default", "meaning"),
              mapping.keys().stream()
                  .map(
                      key -> List.of(code(key.name()), key.takes(), key.otherwise(), key.meaning()))
                  .toList()));
    }
    blocks.put(
        "keys to come",
        table(
            List.of("key", "instead"),
            SpecReference.mappings().stream()
                .flatMap(mapping -> mapping.later().stream())
                .map(key -> List.of(code(key.path()), key.meaning()))
                .toList()));
    GeneratedPage.check("pipeline-yaml.md", blocks);
  }

  static Stream<Key<?>> keys() {
    return SpecReference.SECTIONS.stream()
        .flatMap(section -> section.keys().stream())
        .filter(key -> key.use() != Key.Use.LATER);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldSayAllThatAReaderOfThePageNeeds(Key<?> key) {
    assertTrue(
        Stream.of(key.takes(), key.otherwise(), key.meaning()).noneMatch(String::isBlank),
        key.toString());
  }

  static Stream<Key<?>> defaults() {
    return keys().filter(key -> CODE.matcher(key.otherwise()).matches());
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void shouldShowTheDefaultThatCounts(Key<?> key) {
    Matcher shown = CODE.matcher(key.otherwise());
    assertTrue(shown.matches());
    Problems problems = new Problems();
    YamlValue written =
        YamlDocument.spec("default", shown.group(1), new Placeholders(Map.of()), problems)
            .root()
            .orElseThrow();

    assertEquals(Optional.of(key.standard()), key.reader().apply(written));
    assertEquals(List.of(), problems.inOrderOfFile());
  }

  static Stream<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(Path.of("docs", "pipeline-yaml.md")))
        .results()
        .map((MatchResult example) -> example.group(1));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldShowValidExamples(String example) {
    StringBuilder yaml = new StringBuilder(example);
    REST.forEach(
        (key, value) -> {
          if (!("\n" + example).contains("\n" + key + ":")) {
            yaml.append(key).append(": ").append(value).append('\n');
          }
        });
    Map<String, String> settings = new HashMap<>();
    SETTING
        .matcher(example)
        .results()
        .forEach(setting -> settings.put(setting.group(1), "/somewhere"));

    assertDoesNotThrow(() -> SpecParser.parse("example.yaml", yaml.toString(), settings));
  }
}
