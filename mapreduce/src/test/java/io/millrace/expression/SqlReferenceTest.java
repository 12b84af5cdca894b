package io.millrace.expression;

import static io.millrace.reference.GeneratedPage.code;
import static io.millrace.reference.GeneratedPage.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.expression.sql.Entry;
import io.millrace.expression.sql.SqlReference;
import io.millrace.reference.GeneratedPage;
import io.millrace.row.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code expressions.md} are made from the functions' own data. */
class SqlReferenceTest {
  private static final Set<Kind> TIMES =
      Set.of(Kind.DATE, Kind.TIMESTAMP_MILLIS, Kind.TIMESTAMP_MICROS);

  private final Evaluation utc = new Evaluation("UTC");

  @Test
  void shouldShowWhatTheFunctionsSayOfThemselves() throws IOException {
    Map<String, String> blocks = new TreeMap<>();
    for (SqlReference.Table table : SqlReference.tables()) {
      blocks.put(
          table.title(),
          table(
              List.of("written", "gives", "meaning", "examples"),
              table.entries().stream()
                  .map(
                      entry ->
                          List.of(
                              code(entry.usage()),
                              entry.result(),
                              entry.meaning(),
                              examples(entry)))
                  .toList()));
    }
    GeneratedPage.check("expressions.md", blocks);
  }

  private static String examples(Entry entry) {
    return entry.examples().stream()
        .map(example -> code(example.sql()) + " is " + code(example.value()))
        .collect(Collectors.joining("; "));
  }

  static Stream<Entry> entries() {
    return SqlReference.tables().stream().flatMap(table -> table.entries().stream());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void shouldGiveTheValuesOfItsExamples(Entry entry) throws ExpressionException {
    assertFalse(entry.examples().isEmpty());
    for (Entry.Example example : entry.examples()) {
      assertEquals(example.value(), value(example.sql()), example.sql());
    }
  }

  private String value(String sql) throws ExpressionException {
    return TIMES.contains(utc.kind(sql))
        ? utc.evaluate("CAST(" + sql + " AS VARCHAR)").replace("'", "")
        : utc.evaluate(sql);
  }
}
