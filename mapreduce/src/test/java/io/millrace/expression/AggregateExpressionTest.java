package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.expression.sql.AggregateTyping;
import io.millrace.expression.sql.Parameter;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
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
        "COUNT(DISTINCT s) - COUNT(s) | $0 - $1 | COUNT_DISTINCT(s), COUNT(s)",
        "MAX(DISTINCT i) - MAX(i) | $0 - $0 | MAX(i)",
        "SHARE(d, 0.50) + SHARE(d, 0.5) | $0 + $0 | SHARE(d, 0.5)",
        "SHARE(d, 1.0) - SHARE(d, p => 1) | $0 - $0 | SHARE(d, 1)",
        "SHARE(d, 1e-2) | $0 | SHARE(d, 0.01)",
        "TOP(s, 10) | $0 | TOP(s, 10)",
        "TOP(s, 1e1) | $0 | TOP(s, 10)",
        "DECAY(d, INTERVAL '7' DAY) | $0 | DECAY(d, 604800000)",
        "DECAY(d, half_life => INTERVAL '1.5' SECOND) | $0 | DECAY(d, 1500)",
        "DECAY(d, Half_Life => INTERVAL '2' WEEK) | $0 | DECAY(d, 1209600000)",
        "SUM(d) FILTER (WHERE b) + 1 | $0 + 1 | SUM(CASE WHEN b THEN d END)",
        "COUNT(*) FILTER (WHERE i > 1 ) / COUNT(*) | $0 / $1"
            + " | COUNT(CASE WHEN i > 1 THEN 1 END), COUNT(*)",
        "AVG(d) FILTER (WHERE (b)) - 1 | ($0 / $1) - 1"
            + " | SUM(CASE WHEN (b) THEN d END), COUNT(CASE WHEN (b) THEN d END)",
        "SUM(d) FILTER (WHERE b) - SUM(CASE WHEN b THEN d END) | $0 - $0"
            + " | SUM(CASE WHEN b THEN d END)",
        "COUNT(*) FILTER (WHERE b) - COUNT(CASE WHEN b THEN 1 ELSE NULL END) | $0 - $0"
            + " | COUNT(CASE WHEN b THEN 1 END)",
        "SHARE(d, 0.5) FILTER (WHERE b) | $0 | SHARE(CASE WHEN b THEN d END, 0.5)",
        "FIRST(s) FILTER (WHERE b) | $0 | FIRST(CASE WHEN b THEN s END)",
        "last (s) | $0 | LAST(s)",
        "COUNT(DISTINCT s) FILTER (WHERE b) | $0 | COUNT_DISTINCT(CASE WHEN b THEN s END)",
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
        + call.argument().map(TypedExpression::sql).orElse("*")
        + call.parameters().stream().map(value -> ", " + value).collect(Collectors.joining())
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
        "1 + SUM(d) FILTER (WHERE i) | 26 | Expected a condition, but i (INTEGER) is not BOOLEAN",
        "SUM(d) FILTER (WHERE nope) | 22 | Cannot find column nope",
        "SUM(d) FILTER (WHERE SUM(d) > 1) | 22 | Cannot use SUM inside another aggregate",
        "SUMM(d) FILTER (WHERE b) | 1 | Cannot use SUMM: did you mean SUM?",
        "ABS(d) FILTER (WHERE b) | 1 | Cannot use FILTER on ABS(d): it is no aggregate",
        "SUM(d, 1) | 1 | SUM is written SUM(x), but has 2 arguments here",
        "SHARE(d) | 1 | SHARE is written SHARE(x, p), but has 1 argument here",
        "FIRST(s, 2) | 1 | FIRST is written FIRST(x), but has 2 arguments here",
        "SHARE(d, 0.5, 0.6) | 1 | SHARE is written SHARE(x, p), but has 3 arguments here",
        "SHARE(d, 1.01) | 10 | In SHARE(x, p), p has to be a number from 0 to 1, but is 1.01",
        "SHARE(d, -0.1) | 10 | p has to be a number from 0 to 1, but is -0.1",
        "SHARE(d, '0.5') | 10 | p has to be a number from 0 to 1, but is '0.5'",
        "SHARE(d, i) | 10 | p has to be a number from 0 to 1, but is i",
        "SHARE(d, 1 / 2) | 10 | p has to be a number from 0 to 1, but is 1 / 2",
        "SHARE(d, q => 0.5) | 10 | SHARE has no q: it has p",
        "TOP(s, 2.5) | 8 | k has to be a whole number from 1 to 1024, but is 2.5",
        "TOP(s, 0) | 8 | k has to be a whole number from 1 to 1024, but is 0",
        "DECAY(d, 7) | 10 | half_life has to be an interval from INTERVAL '1' SECOND to"
            + " INTERVAL '100' DAY, such as INTERVAL '7' DAY, but is 7",
        "DECAY(d, INTERVAL '1' MONTH) | 10 | a MONTH has no fixed length; write days",
        "DECAY(d, INTERVAL '1 02' DAY TO HOUR) | 10 | write one unit",
        "DECAY(d, INTERVAL '0' DAY) | 10 | half_life has to be an interval from",
        "DECAY(d, INTERVAL '1.0005' SECOND) | 10 | write whole milliseconds",
        "SUM(DISTINCT d) | 1 | Cannot use DISTINCT in SUM: it works with COUNT, MAX, MIN only",
        "SHARE(0.5) WITHIN GROUP (ORDER BY d) | 1 | Cannot use WITHIN GROUP: write PERCENTILE",
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
      return Set.of("AVG", "COUNT", "SUM", "MIN", "MAX", "FIRST", "LAST", "SHARE", "TOP", "DECAY");
    }

    @Override
    public String usage(String function) {
      return function
          + parameters(function).stream()
              .map(parameter -> ", " + parameter.name())
              .collect(Collectors.joining("", "(x", ")"));
    }

    @Override
    public Optional<String> distinct(String function) {
      return switch (function) {
        case "COUNT" -> Optional.of("COUNT_DISTINCT");
        case "MIN", "MAX" -> Optional.of(function);
        default -> Optional.empty();
      };
    }

    @Override
    public List<Parameter> parameters(String function) {
      return switch (function) {
        case "SHARE" -> List.of(Parameter.number("p", 0, 1));
        case "TOP" -> List.of(Parameter.wholeNumber("k", 1, 1024));
        case "DECAY" -> List.of(Parameter.interval("half_life", 1000, 100 * 86_400_000L));
        default -> List.of();
      };
    }

    @Override
    public ColumnType resultType(
        String function, List<ColumnType> arguments, List<BigDecimal> parameters) {
      if (function.startsWith("COUNT")) {
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
