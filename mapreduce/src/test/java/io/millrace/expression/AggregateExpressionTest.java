package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateExpressionTest {
  private final ExpressionCompiler compiler = new ExpressionCompiler(ZoneId.of("UTC"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COUNT(*) | $0 | COUNT(*)",
        "count(i) + 1 | $0 + 1 | COUNT(i)",
        "AVG(amount) | ($0 / $1) | SUM(amount), COUNT(amount)",
        "AVG(i) | ($0 / $1) | SUM_DOUBLE(i), COUNT(i)",
        "AVG(d) - SUM(d) / COUNT( d ) | ($0 / $1) - $0 / $1 | SUM(d), COUNT(d)",
        "SUM(CASE WHEN s = 'web' THEN 1 ELSE 0 END) / COUNT(*) | $0 / $1"
            + " | SUM(CASE WHEN s = 'web' THEN 1 ELSE 0 END), COUNT(*)",
        "COALESCE(MAX(d), 0) - MIN(d) | COALESCE($0, 0) - $1 | MAX(d), MIN(d)",
        "COUNT(DISTINCT s) - COUNT(s) | $0 - $1 | COUNT(DISTINCT s), COUNT(s)",
        "CASE WHEN COUNT(*) > 9 THEN AVG(i) END | CASE WHEN $0 > 9 THEN ($1 / $2) END"
            + " | COUNT(*), SUM_DOUBLE(i), COUNT(i)",
      })
  void shouldSplitAtCalls(String sql, String finishSql, String calls) throws ExpressionException {
    AggregateExpression split = compiler.parseAggregate(sql, Evaluation.SCOPE, new Typing());
    assertEquals(finishSql, split.finishSql());
    assertEquals(
        calls,
        split.calls().stream()
            .map(AggregateExpressionTest::show)
            .collect(Collectors.joining(", ")));
    assertEquals(compiler.parse(finishSql, split.results()), split.finish());
  }

  private static String show(AggregateCall call) {
    return call.function()
        + "("
        + (call.distinct() ? "DISTINCT " : "")
        + call.argument().map(TypedExpression::sql).orElse("*")
        + ")";
  }

  @Test
  void shouldDivideToDouble() throws ExpressionException {
    AggregateExpression split =
        compiler.parseAggregate("SUM(i) / COUNT(*)", Evaluation.SCOPE, new Typing());
    assertEquals(ColumnType.of(Kind.DOUBLE).withNullable(true), split.finish().type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SUM(d) + i | 10 | Cannot use column i outside an aggregate",
        "SUM(AVG(d)) | 5 | Cannot use AVG inside another aggregate",
        "SUM(s) | 1 | SUM takes a number, but has VARCHAR",
        "AVG(s) | 1 | AVG takes a number, but has VARCHAR",
        "COUNT(*) + amout | 12 | did you mean amount?",
        "MAX(amout) | 5 | did you mean amount?",
        "i + 1 | 1 | Cannot use column i outside an aggregate",
        "1 + 2 | 1 | Expected an aggregate",
        "SUM(*) | 1 | Only COUNT(*) can be written with *",
        "SUM(d) FILTER (WHERE b) | 1 | write SUM(CASE WHEN",
        "SUMM(d) | 1 | did you mean SUM?",
        "SUM_DOUBLE(d) | 1 | Cannot use SUM_DOUBLE",
        "COUNT(*) > CURRENT_TIMESTAMP | 12 | Cannot use CURRENT_TIMESTAMP",
      })
  void shouldSayWhatIsWrong(String sql, int column, String message) {
    ExpressionException e =
        assertThrows(
            ExpressionException.class,
            () -> compiler.parseAggregate(sql, Evaluation.SCOPE, new Typing()));
    assertTrue(e.getMessage().contains(message), e::getMessage);
    assertEquals("1:" + column, e.line() + ":" + e.column());
  }

  private static final class Typing implements AggregateTyping {
    @Override
    public Set<String> functions() {
      return Set.of("COUNT", "SUM", "SUM_DOUBLE", "MIN", "MAX");
    }

    @Override
    public ColumnType resultType(String function, List<ColumnType> arguments) {
      if (function.equals("COUNT")) {
        return ColumnType.of(Kind.LONG);
      }
      ColumnType argument = arguments.get(0);
      if (function.startsWith("SUM") && !argument.kind().isNumeric()) {
        throw new IllegalArgumentException(
            function + " takes a number, but has " + argument.sqlName());
      }
      return (function.equals("SUM_DOUBLE") ? ColumnType.of(Kind.DOUBLE) : argument)
          .withNullable(true);
    }
  }
}
