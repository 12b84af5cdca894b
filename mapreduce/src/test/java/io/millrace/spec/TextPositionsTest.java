package io.millrace.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextPositionsTest {
  private static final String START =
      """
      pipeline: p
      warehouse: /w
      source: {path: /in, schema: s.avsc, from: 2026-01-01}
      clean:
        rules:
      """;

  /** Rules in which X, which stands in the file once, has to be found. */
  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("plain", "a: b > X"),
        Arguments.of("plain over two lines", "a: b >\n      X"),
        Arguments.of("plain over two paragraphs", "a: b >\n\n      c AND X"),
        Arguments.of("double quotes", "a: \"b > X\""),
        Arguments.of("escapes", "a: \"\\\"b\\\" > \\u0041 \\x41 \\U00000041 \\\\ X\""),
        Arguments.of("double quotes over two lines", "a: \"b >\n      X\""),
        Arguments.of("an escaped line end", "a: \"b > \\\n      X\""),
        Arguments.of("an escaped start of a line", "a: \"b\n  \\  > X\""),
        Arguments.of("single quotes", "a: 'b > X'"),
        Arguments.of("doubled quotes", "a: '''b'' > X'"),
        Arguments.of("a block", "a: |\n      b >\n        c AND\n      X"),
        Arguments.of("a block with a comment", "a: |-  # why\n      b >\n      X"),
        Arguments.of("a block with empty lines", "a: |\n\n      b >\n\n      X"),
        Arguments.of("a block indented by sign", "a: |2\n        b >\n      X"),
        Arguments.of("a folded block", "a: >\n      b >\n      c AND\n\n      X"),
        Arguments.of("a folded block with indentation", "a: >\n      b >\n        c AND\n      X"),
        Arguments.of("an anchor", "a: &rule b > X"),
        Arguments.of("a tag", "a: !!str b > X"),
        Arguments.of("behind a placeholder", "a: b > ${low} AND X"),
        Arguments.of("behind an escaped placeholder", "a: b > '$${low}' AND X ${low}"),
        Arguments.of("behind a face", "a: b > '\uD83D\uDE00' AND X"),
        Arguments.of("behind an escaped face", "a: \"b > '\\U0001F600' AND X\""),
        Arguments.of("a text that starts a line", "a:\n      X > b"));
  }

  private static Located<String> sql(String yaml) {
    Map<String, String> settings = yaml.contains("${low}") ? Map.of("low", "1000") : Map.of();
    return SpecParser.parse("p.yaml", yaml, settings).clean().rules().get(0).sql();
  }

  private static Location expected(String yaml) {
    String before = yaml.substring(0, yaml.indexOf('X'));
    String line = before.substring(before.lastIndexOf('\n') + 1);
    int lines = (int) before.chars().filter(character -> character == '\n').count();
    return new Location("p.yaml", lines + 1, line.codePointCount(0, line.length()) + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void shouldFindCharactersInTheFile(String title, String rule) {
    String yaml = START + "    " + rule + "\n";
    Located<String> sql = sql(yaml);
    String before = sql.value().substring(0, sql.value().indexOf('X'));
    int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');

    assertEquals(expected(yaml), sql.at(line, column), title + ": " + sql.value());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void shouldFindCharactersInFilesOfWindows(String title, String rule) {
    String yaml = START + "    " + rule + "\n";
    Located<String> sql = sql(yaml.replace("\n", "\r\n"));

    assertEquals(expected(yaml), sql.characters().at(sql.value().indexOf('X')), title);
  }

  @Test
  void shouldPlaceWhatReplacesAPlaceholderAtThePlaceholder() {
    Located<String> sql = sql(START + "    a: b > ${low}\n");

    assertEquals("b > 1000", sql.value());
    assertEquals(new Location("p.yaml", 6, 12), sql.at(1, 5));
    assertEquals(new Location("p.yaml", 6, 12), sql.at(1, 8));
    assertEquals(new Location("p.yaml", 6, 18), sql.at(1, 9));
  }

  @Test
  void shouldStayInsideTheText() {
    Located<String> sql = sql(START + "    a: b > 5\n");

    assertEquals(new Location("p.yaml", 6, 13), sql.at(1, 100));
    assertEquals(new Location("p.yaml", 6, 8), sql.at(0, 0));
    assertEquals(new Location("p.yaml", 6, 8), sql.at(9, 1));
  }

  @Test
  void shouldKeepFewStretchesForPlainText() {
    assertEquals(1, sql(START + "    a: b BETWEEN 5 AND 10\n").characters().stretches().size());
    assertTrue(sql(START + "    a: 'x ''y'''\n").characters().stretches().size() < 5);
  }
}
