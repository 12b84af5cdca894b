package io.millrace.spec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.spec.Section.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference page and the parser know the same keys, and the page's examples are valid. */
class ReferencePageTest {
  private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|.*$");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern SETTING = Pattern.compile("(?<!\\$)\\$\\{(?!date)([a-z]+)}");

  /** What an example of one section leaves out. */
  private static final Map<String, String> REST =
      Map.of(
          "pipeline", "p",
          "warehouse", "/w",
          "source", "{path: /in, schema: s.avsc, from: 2026-01-01, event_time: ts}",
          "features", "{card: {entity: card_id, windows: 7d, aggregates: {n: COUNT(*)}}}");

  private static String page() throws IOException {
    return Files.readString(Path.of("docs", "pipeline-yaml.md"));
  }

  /** The text below the last heading with this title. */
  private static String below(String title) throws IOException {
    String page = page();
    String heading = "\n## " + title + "\n";
    int start = page.lastIndexOf(heading);
    assertTrue(start >= 0, "no heading " + title);
    int end = page.indexOf("\n## ", start + heading.length());
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static List<String> rows(String text) {
    return KEY_ROW.matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<String> keys(String text) {
    return KEY_ROW.matcher(text).results().map(row -> row.group(1)).toList();
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameTheKeysThatTheParserKnows(Section section) throws IOException {
    String text = below(section.title().replace("<group>", "&lt;group&gt;"));

    assertEquals(section.names(), keys(text));
  }

  @ParameterizedTest
  @EnumSource
  void shouldMarkTheKeysThatAreRequired(Section section) throws IOException {
    String text = below(section.title().replace("<group>", "&lt;group&gt;"));

    assertEquals(
        section.keys().stream()
            .filter(key -> key.use() == Use.REQUIRED)
            .map(Section.Key::name)
            .toList(),
        rows(text).stream()
            .filter(row -> row.contains("| *required* |"))
            .map(row -> keys(row).get(0))
            .toList());
  }

  @Test
  void shouldNameTheKeysToCome() throws IOException {
    List<String> later =
        Arrays.stream(Section.values())
            .flatMap(
                section ->
                    section.keys().stream()
                        .filter(key -> key.use() == Use.LATER)
                        .map(key -> path(section, key)))
            .toList();

    assertEquals(later, keys(below("Not supported yet")));
  }

  private static String path(Section section, Section.Key key) {
    return section == Section.PIPELINE ? key.name() : section.title() + "." + key.name();
  }

  static Stream<String> examples() throws IOException {
    return EXAMPLE.matcher(page()).results().map(example -> example.group(1));
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
