package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionErrorTest {
  private final ExpressionCompiler compiler = new ExpressionCompiler(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "amout > 3 | 1 | Cannot find column amout: did you mean amount?",
        "nothing_like_it > 3 | 1 | columns are i, l, d",
        "currency = 3 | 12 | Cannot compare currency (VARCHAR) with 3 (INTEGER)",
        "3 = currency | 1 | Cannot compare 3 (INTEGER) with currency (VARCHAR)",
        "amount = '3' | 10 | write the number without quotes",
        "amount BETWEEN 'a' AND 'b' | 16 | Cannot compare amount (DOUBLE)",
        "currency IN ('EUR', 3) | 21 | Cannot compare currency (VARCHAR) with 3",
        "ts > '2026-11-21' | 6 | write it like TIMESTAMP '2026-11-21 00:00:00'",
        "born > ts | 8 | write CAST(… AS DATE)",
        "date > 3 | 1 | date is a reserved word: to mean the column, quote it: \"date\"",
        "i > 3 AND date > 3 | 11 | quote it: \"date\"",
        "user = 'x' | 1 | to mean the column, quote it: \"user\"",
        "amount + | 9 | The expression ends too early",
        "(amount > 3 | 12 | a closing bracket is missing",
        "amount > 3) | 11 | Cannot read )",
        "amount == 3 | 9 | equality is written =",
        "'abc | 1 | its closing ' is missing",
        "amount > 3; i | 11 | without a semicolon",
        "amount::int | 8 | CAST(x AS type)",
        "i > 1 AND SUM(amount) > 3 | 11 | aggregates belong under features",
        "COUNT(*) | 1 | aggregates belong under features",
        "SUM(amount) OVER () | 1 | one record at a time",
        "RAND() > 0.5 | 1 | Cannot use RAND: it would not give the same result each time",
        "ts > CURRENT_TIMESTAMP | 6 | Cannot use CURRENT_TIMESTAMP",
        "i IN (SELECT 1) | 7 | Cannot use a sub-query",
        "i = (SELECT 1) | 5 | Cannot use a sub-query",
        "EXISTS (SELECT 1) | 1 | Cannot use a sub-query",
        "LOWR(s) | 1 | Cannot use LOWR: did you mean LOWER?",
        "LEN(s) | 1 | write CHAR_LENGTH(s)",
        "LOG(d) | 1 | write LN(x) or LOG10(x)",
        "SUBSTR(s, 1) | 1 | write SUBSTRING(s, from, count)",
        "DATEDIFF(born, born) | 1 | write DATE_DIFF('day', from, to)",
        "SAFE_CAST(s AS INTEGER) | 1 | write TRY_CAST(x AS type)",
        "currency = \"EUR\" | 12 | Cannot find column EUR: text is written in single quotes, 'EUR'; columns",
        "currency = \"amout\" | 12 | text is written in single quotes, 'amout'; or did you mean amount?",
        "i // 2 | 3 | write DIV(x, y) to divide whole numbers; a comment starts with --",
        "i & 2 | 1 | write BITAND(x, y)",
        "DIV(d, 2) | 5 | DIV takes a whole number, but found d (DOUBLE)",
        "CONTAINS(i, 'a') | 10 | CONTAINS takes text",
        "WIDTH_BUCKET(i, 1) | 1 | WIDTH_BUCKET is written WIDTH_BUCKET(x, low, high, n)",
        "DATE_DIFF('year', born, ts) | 25 | Cannot take the difference of",
        "DATE_DIFF('hour', born, born) | 11 | A DATE has no HOUR",
        "DATE_DIFF('eon', born, born) | 11 | Cannot use the unit EON",
        "DATE_TRUNC(s, ts) | 12 | The unit of DATE_TRUNC must be a text in quotes",
        "born + born | 1 | Two DATEs cannot be added",
        "7 - born | 1 | A DATE can only be subtracted from a DATE",
        "born + d | 8 | Expected a whole number, but found d (DOUBLE)",
        "ts + 1 | 1 | + INTERVAL '1' DAY for a sum",
        "ts + INTERVAL d DAY | 15 | Expected a whole number",
        "DATE_FORMAT(born, 'HH:mm') | 19 | a DATE has no time of day",
        "DATE_FORMAT(ts, 'YYYY') | 17 | Y is the year of a week; write yyyy",
        "DATE_FORMAT(ts, 'bogus') | 17 | Cannot use the pattern 'bogus'",
        "DATE_FORMAT(ts, s) | 17 | must be a text in quotes",
        "TO_TIMESTAMP(s, 'yyyy-mm-dd') | 17 | months are MM, mm are minutes",
        "TO_TIMESTAMP(s, 'yyyy-MM-dd hh:mm') | 17 | hh needs AM or PM",
        "REGEXP_EXTRACT(s, '(a)', 2) | 26 | from 0 to 1 here, but found 2",
        "REGEXP_REPLACE(s, 'a', '$1') | 24 | The pattern has no group 1",
        "IF(i, 1, 2) | 4 | Expected a condition",
        "IF(b, 1, 'a') | 10 | IF cannot give both 1 (INTEGER) and 'a' (VARCHAR)",
        "QUUX(s) | 1 | there is no such function",
        "LOWER(i) | 7 | LOWER takes text, but found i (INTEGER): CAST it to VARCHAR",
        "LN(s) | 4 | LN takes a number, but found s (VARCHAR)",
        "LOWER(s, s) | 1 | LOWER is written LOWER(s), but has 2 arguments here",
        "s + 1 | 1 | Expected a number, but found s (VARCHAR)",
        "ts - us | 1 | TIMESTAMPDIFF",
        "NOT i | 5 | Expected a condition, but i (INTEGER) is not BOOLEAN",
        "b AND i | 7 | Expected a condition",
        "CASE WHEN b THEN 1 ELSE 'a' END | 25 | CASE cannot give both 1 (INTEGER) and 'a' (VARCHAR)",
        "COALESCE(i, 's') | 13 | COALESCE cannot take both",
        "CAST(amount AS CHAR(3)) | 16 | did you mean VARCHAR?",
        "CAST(born AS INTEGER) | 6 | Cannot cast born (DATE) to INTEGER",
        "CAST(i AS DECIMAL(30, 2)) | 11 | at most 18 digits",
        "s LIKE currency | 8 | must be a text in quotes",
        "s LIKE 'a!b' ESCAPE '!' | 8 | ! must stand before %, _ or itself",
        "s SIMILAR TO 'a' | 1 | REGEXP_LIKE",
        "REGEXP_LIKE(s, '(') | 16 | Cannot read the regular expression",
        "EXTRACT(CENTURY FROM ts) | 9 | Cannot extract CENTURY",
        "EXTRACT(HOUR FROM born) | 9 | A DATE has no HOUR",
        "FLOOR(ts TO foo) | 13 | Cannot cut off at FOO",
        "ts + INTERVAL '1 2' DAY TO HOUR | 6 | write one unit",
        "born > DATE '2026-02-29' | 8 | expected a day of the calendar",
        "ts > TIMESTAMP '2026-03-29 02:30:00' | 6 | does not exist in Europe/Berlin: clocks skip it",
        "transaction.amount > 3 | 1 | plain names, without a dot",
        "NULL | 1 | NULL alone has no type",
        "(i, l) = (1, 2) | 1 | several values in one place",
      })
  void shouldSayWhereAndWhy(String sql, int column, String message) {
    ExpressionException e =
        assertThrows(ExpressionException.class, () -> compiler.parse(sql, Evaluation.SCOPE));
    assertTrue(e.getMessage().contains(message), e::getMessage);
    assertEquals("1:" + column, e.line() + ":" + e.column());
  }

  @Test
  void shouldCountLines() {
    String sql = "amount > 0\n  AND currency\n   = 3";
    ExpressionException e =
        assertThrows(ExpressionException.class, () -> compiler.parse(sql, Evaluation.SCOPE));
    assertEquals("3:6", e.line() + ":" + e.column());
  }

  @Test
  void shouldWantConditionsInRules() {
    ExpressionException e =
        assertThrows(
            ExpressionException.class, () -> compiler.parseCondition("i + 1", Evaluation.SCOPE));
    assertEquals("Expected a condition, but this is INTEGER: compare it", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "100 | %s + i",
        "100 | 2 * (i - (%s))",
        "60 | DATE '2026-11-21' - (DATE '2026-11-21' - (%s))",
        "12 | NULLIF(%s, i)",
      })
  void shouldTakeLittleTimeForDeepExpressions(int depth, String form) {
    String sql = "i";
    for (int i = 0; i < depth; i++) {
      sql = form.replace("%s", sql);
    }
    String deep = sql;
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> compiler.parse(deep, Evaluation.SCOPE));
  }

  @Test
  void shouldSurviveDeepNesting() {
    String sql = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    ExpressionException e =
        assertThrows(ExpressionException.class, () -> compiler.parse(sql, Evaluation.SCOPE));
    assertTrue(e.getMessage().contains("nested too deeply"), e::getMessage);
  }
}
