package io.millrace.expression;

import static io.millrace.reference.GeneratedPage.code;
import static io.millrace.reference.GeneratedPage.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.aggregate.AggregateFunction;
import io.millrace.expression.sql.Entry;
import io.millrace.expression.sql.SqlReference;
import io.millrace.reference.GeneratedPage;
import io.millrace.row.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code expressions.md} are made from the functions' own data. */
class SqlReferenceTest {
  private static final Set<Kind> TIMES =
      Set.of(Kind.DATE, Kind.TIMESTAMP_MILLIS, Kind.TIMESTAMP_MICROS);

  /** {@code `7 / 2` is 3.5}, {@code `5` is INTEGER}; without columns, and outside of tables. */
  private static final Pattern SENTENCE =
      Pattern.compile("(?<!\\| )`([^`|a-df-z]+)` is (-?[0-9][0-9.]*[0-9]|-?[0-9]|[A-Z]+)");

  private final Evaluation utc = new Evaluation("UTC");

  @Test
  void shouldShowWhatTheFunctionsSayOfThemselves() throws IOException {
    Map<String, String> blocks = new TreeMap<>();
    for (SqlReference.Table table : SqlReference.tables()) {
      blocks.put(
          table.title(),
          table(
              List.of("written", "gives", "meaning", "examples"),
              table.rows().stream()
                  .map(SqlReference.Row::entry)
                  .map(
                      entry ->
                          List.of(
                              code(entry.usage()),
                              entry.result(),
                              entry.meaning(),
                              examples(entry)))
                  .toList()));
    }
    blocks.put(
        "Aggregates",
        table(
            List.of("written", "of", "gives", "meaning"),
            AggregateFunction.described().stream()
                .map(
                    function ->
                        List.of(
                            code(function.syntax()),
                            function.argument(),
                            function.result(),
                            function.description()))
                .toList()));
    blocks.put(
        "Elsewhere",
        table(
            List.of("elsewhere", "here"),
            SqlReference.elsewhere().entrySet().stream()
                .map(name -> List.of(code(name.getKey()), name.getValue()))
                .toList()));
    GeneratedPage.check("expressions.md", blocks);
  }

  private static String examples(Entry entry) {
    return entry.examples().stream()
        .map(example -> code(example.sql()) + " is " + code(example.value()))
        .collect(Collectors.joining("; "));
  }

  static Stream<Entry> entries() {
    return SqlReference.tables().stream()
        .flatMap(table -> table.rows().stream())
        .map(SqlReference.Row::entry);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void shouldGiveTheValuesOfItsExamples(Entry entry) throws ExpressionException {
    assertFalse(entry.examples().isEmpty());
    for (Entry.Example example : entry.examples()) {
      assertEquals(example.value(), value(example.sql()), example.sql());
    }
  }

  /** What the page's own sentences say: `7 / 2` is 3.5. */
  static Stream<Arguments> sentences() throws IOException {
    return SENTENCE
        .matcher(Files.readString(Path.of("docs", "expressions.md")))
        .results()
        .map(said -> Arguments.of(said.group(1), said.group(2)));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void shouldGiveTheValuesOfItsSentences(String sql, String value) throws ExpressionException {
    String said = value.matches("-?[0-9].*|TRUE|FALSE|NULL") ? value(sql) : utc.type(sql);
    assertTrue(said.equals(value) || said.startsWith(value + "("), said);
  }

  /** Long methods are cut into parts, inside TRY and CONCAT_WS too. */
  @Test
  void shouldComputeAllExamplesInOneExpression() throws ExpressionException {
    List<String> texts = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Entry entry : entries().toList()) {
      for (Entry.Example example : entry.examples()) {
        String text = "COALESCE(CAST((" + example.sql() + ") AS VARCHAR), 'NULL')";
        texts.add("TRY(" + text + " || CASE WHEN i = 7 THEN '' ELSE s END)");
        values.add(utc.evaluate(text).replaceAll("^'|'$", ""));
      }
    }
    String expected = "'" + String.join("|", values) + "'";
    String sum = String.join(" || '|' || ", texts);

    assertEquals(expected, utc.evaluate("CONCAT_WS('|', " + String.join(", ", texts) + ")"));
    assertEquals(expected, utc.evaluate("TRY(" + sum + ")"));
    assertEquals("NULL", utc.evaluate("TRY(" + sum + " || CAST(LN(i - 7) AS VARCHAR))"));
  }

  private String value(String sql) throws ExpressionException {
    return TIMES.contains(utc.kind(sql))
        ? utc.evaluate("CAST(" + sql + " AS VARCHAR)").replace("'", "")
        : utc.evaluate(sql);
  }
}
