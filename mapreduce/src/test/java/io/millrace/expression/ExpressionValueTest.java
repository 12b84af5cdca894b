package io.millrace.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionValueTest {
  private static final char ARROW = '→';

  private final Evaluation utc = new Evaluation("UTC");
  private final Evaluation berlin = new Evaluation("Europe/Berlin");

  // ISO/IEC 9075-2, truth tables of the boolean value expression
  @ParameterizedTest
  @CsvSource(
      delimiter = ARROW,
      quoteCharacter = '`',
      value = {
        "TRUE AND no_b → NULL",
        "FALSE AND no_b → FALSE",
        "no_b AND FALSE → FALSE",
        "no_b AND TRUE → NULL",
        "no_b AND no_b → NULL",
        "TRUE OR no_b → TRUE",
        "no_b OR TRUE → TRUE",
        "FALSE OR no_b → NULL",
        "NOT no_b → NULL",
        "NOT b → FALSE",
        "no_b IS TRUE → FALSE",
        "no_b IS NOT TRUE → TRUE",
        "no_b IS FALSE → FALSE",
        "no_b IS NOT FALSE → TRUE",
        "no_b IS UNKNOWN → TRUE",
        "b IS NOT NULL → TRUE",
        "NULL = 1 → NULL",
        "NULL IS NULL → TRUE",
        "no_i = 7 → NULL",
        "no_i <> 7 → NULL",
        "i IN (1, 7) → TRUE",
        "i IN (1, NULL, 7) → TRUE",
        "i IN (1, NULL) → NULL",
        "i NOT IN (1, NULL) → NULL",
        "i NOT IN (1, 7, NULL) → FALSE",
        "no_i IN (1, 2) → NULL",
        "no_i NOT BETWEEN 1 AND 2 → NULL",
        "i BETWEEN 8 AND NULL → FALSE",
        "i BETWEEN 1 AND NULL → NULL",
        "i BETWEEN SYMMETRIC 9 AND 1 → TRUE",
        "no_i IS DISTINCT FROM 7 → TRUE",
        "no_i IS DISTINCT FROM NULL → FALSE",
        "i IS NOT DISTINCT FROM 7.0 → TRUE",
        "COALESCE(no_i, i, 1) → 7",
        "COALESCE(no_s, no_s) → NULL",
        "NULLIF(i, 7) → NULL",
        "NULLIF(no_i, 7) → NULL",
        "NULLIF(s, 'x') → 'Zürich'",
        "CASE WHEN no_b THEN 1 ELSE 2 END → 2",
        "CASE WHEN no_b THEN 1 END → NULL",
        "CASE no_i WHEN NULL THEN 1 ELSE 2 END → 2",
        "CASE i WHEN 6 THEN 'six' WHEN 7 THEN 'seven' END → 'seven'",
        "CASE WHEN i = 0 THEN 0 ELSE 1 / i END → 0.14285714285714285",
        "GREATEST(i, 9, 3) → 9",
        "GREATEST(i, no_i) → NULL",
        "LEAST(2.25, i, d) → 2.25",
        "b = TRUE AND b > FALSE → TRUE",
      })
  void shouldFollowThreeValuedLogic(String sql, String expected) throws ExpressionException {
    assertEquals(expected, utc.evaluate(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ARROW,
      value = {
        "i + 1 → INTEGER → 8",
        "i + l → BIGINT → 1099511627783",
        "-i → INTEGER → -7",
        "-9223372036854775808 → BIGINT → -9223372036854775808",
        "i / 2 → DOUBLE → 3.5",
        "m / 4 → DOUBLE → 3.125",
        "i / 0 → DOUBLE → NULL",
        "amount / (i - 7) → DOUBLE → NULL",
        "MOD(i, 4) → INTEGER → 3",
        "MOD(-7, 4) → INTEGER → -3",
        "i % 0 → INTEGER → NULL",
        "m + 1 → DECIMAL(13, 2) → 13.50",
        "m - 0.125 → DECIMAL(12, 3) → 12.375",
        "m * m → DECIMAL(18, 4) → 156.2500",
        "m + d → DOUBLE → 15.0",
        "d + 0.1 → DOUBLE → 2.6",
        "0.1 + 0.2 → DECIMAL(2, 1) → 0.3",
        "0.1e0 + 0.2e0 → DOUBLE → 0.30000000000000004",
        "ABS(-m) → DECIMAL(10, 2) → 12.50",
        "SIGN(-i) → INTEGER → -1",
        "ROUND(2.5e0) → DOUBLE → 3.0",
        "ROUND(-2.5e0) → DOUBLE → -3.0",
        "ROUND(2.675e0, 2) → DOUBLE → 2.68",
        "ROUND(2.345, 2) → DECIMAL(4, 2) → 2.35",
        "ROUND(1250, -2) → BIGINT → 1300",
        "TRUNCATE(-2.567, 1) → DECIMAL(3, 1) → -2.5",
        "FLOOR(-2.5) → DECIMAL(2, 0) → -3",
        "CEIL(d) → DOUBLE → 3.0",
        "FLOOR(i) → INTEGER → 7",
        "POWER(2, 10) → DOUBLE → 1024.0",
        "SQRT(i + 2) → DOUBLE → 3.0",
        "LN(1) → DOUBLE → 0.0",
        "LOG10(1000) → DOUBLE → 3.0",
        "EXP(0) → DOUBLE → 1.0",
        "LN(no_d) → DOUBLE → NULL",
        "i > 6.99 → BOOLEAN → TRUE",
        "m = 12.5 → BOOLEAN → TRUE",
        "l > 9000000000000000.5 → BOOLEAN → FALSE",
        "l * 8388607 < 99999999999999999.9 → BOOLEAN → FALSE",
        "f = 0.1 → BOOLEAN → TRUE",
        "m BETWEEN 12.5 AND 12.500 → BOOLEAN → TRUE",
        "i IN (1,2,3,4,5,6,8,9,10,11,12,13,14,15,16,17,18,19,20) → BOOLEAN → FALSE",
        "d IN (1,2,2.5,4,5,6,8,9,10,11,12,13,14,15,16,17,18,19) → BOOLEAN → TRUE",
        "m IN (1,2,12.5,4,5,6,8,9,10,11,12,13,14,15,16,17,18,0.001) → BOOLEAN → TRUE",
        "CASE WHEN b THEN 1 ELSE 0.5 END → DECIMAL(11, 1) → 1.0",
        "COALESCE(d, 0) → DOUBLE → 2.5",
      })
  void shouldCalculate(String sql, String type, String expected) throws ExpressionException {
    assertEquals(type, utc.type(sql));
    assertEquals(expected, utc.evaluate(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ARROW,
      quoteCharacter = '`',
      value = {
        "UPPER(s) → 'ZÜRICH'",
        "LOWER('ABC-é') → 'abc-é'",
        "UPPER('straße') → 'STRASSE'",
        "CHAR_LENGTH(s) → 6",
        "CHAR_LENGTH('a😀b') → 3",
        "SUBSTRING(s FROM 2 FOR 3) → 'üri'",
        "SUBSTRING(s, 5) → 'ch'",
        "SUBSTRING(s FROM -1 FOR 3) → 'Z'",
        "SUBSTRING(s FROM 9 FOR 3) → ''",
        "POSITION('ich' IN s) → 4",
        "POSITION('x' IN s) → 0",
        "POSITION('' IN s) → 1",
        "TRIM('  a b ') → 'a b'",
        "TRIM(LEADING '0' FROM '0070') → '70'",
        "TRIM(TRAILING 'é' FROM 'caféé') → 'caf'",
        "REPLACE(s, 'ü', 'ue') → 'Zuerich'",
        "REPLACE('aaa', 'a', '') → ''",
        "REPLACE(s, '', 'x') → 'Zürich'",
        "s || '!' → 'Zürich!'",
        "s || no_s → NULL",
        "CONCAT('a', 'b', 'c') → 'abc'",
        "'it''s' → 'it''s'",
        "currency = 'EUR' → TRUE",
        "currency = 'EUR ' → FALSE",
        "currency IN ('EUR', 'USD') → TRUE",
        "s < 'Zz' → FALSE",
        "'Z' < 'a' → TRUE",
        "s LIKE 'Z%' → TRUE",
        "s LIKE 'Z_rich' → TRUE",
        "s LIKE '_____' → FALSE",
        "s LIKE '%r%c%' → TRUE",
        "'100%' LIKE '100!%' ESCAPE '!' → TRUE",
        "'1000' LIKE '100!%' ESCAPE '!' → FALSE",
        "'a\\b' LIKE 'a\\b' → TRUE",
        "no_s LIKE '%' → NULL",
        "s NOT LIKE 'x%' → TRUE",
        "REGEXP_LIKE(s, '^Z.r') → TRUE",
        "STARTS_WITH(s, 'Zü') → TRUE",
        "ENDS_WITH(s, 'h') → TRUE",
        "LOWER(no_s) = 'x' → NULL",
        "CAST(s AS VARCHAR(3)) → 'Zür'",
        "CAST(i AS VARCHAR) → '7'",
        "CAST(m AS VARCHAR) → '12.50'",
        "CAST(d AS VARCHAR) → '2.5'",
        "CAST(3e0 AS VARCHAR) → '3.0'",
        "CAST(1e20 AS VARCHAR) → '1.0E20'",
        "CAST(f AS VARCHAR) → '0.1'",
        "CAST(b AS VARCHAR) → 'TRUE'",
        "CAST(born AS VARCHAR) → '2000-02-29'",
        "CAST(' 12 ' AS INTEGER) → 12",
        "CAST('-1.50' AS DECIMAL(5, 2)) → -1.50",
        "CAST('1.005' AS DECIMAL(5, 2)) → 1.01",
        "CAST('1e3' AS DOUBLE) → 1000.0",
        "CAST('true' AS BOOLEAN) → TRUE",
        "CAST('2000-02-29' AS DATE) → 2000-02-29",
        "CAST(-2.9e0 AS INTEGER) → -2",
        "CAST(2.675 AS DECIMAL(5, 2)) → 2.68",
        "CAST(b AS INTEGER) → 1",
        "CAST(NULL AS VARCHAR) → NULL",
      })
  void shouldWorkOnText(String sql, String expected) throws ExpressionException {
    assertEquals(expected.replace("''", "'"), utc.evaluate(sql).replace("''", "'"));
  }

  // 2026-11-21T22:30:15.5Z is 23:30:15.5 in Berlin, a Saturday of ISO week 47
  @ParameterizedTest
  @CsvSource(
      delimiter = ARROW,
      quoteCharacter = '`',
      value = {
        "EXTRACT(HOUR FROM ts) → 23",
        "EXTRACT(MINUTE FROM us) → 30",
        "EXTRACT(SECOND FROM ts) → 15",
        "EXTRACT(DAY FROM ts) → 21",
        "EXTRACT(DOW FROM ts) → 7",
        "EXTRACT(ISODOW FROM ts) → 6",
        "EXTRACT(DOY FROM ts) → 325",
        "EXTRACT(WEEK FROM ts) → 47",
        "EXTRACT(QUARTER FROM ts) → 4",
        "EXTRACT(EPOCH FROM ts) → 1795300215",
        "EXTRACT(YEAR FROM born) * 100 + MONTH(born) → 200002",
        "EXTRACT(WEEK FROM DATE '2021-01-03') → 53",
        "EXTRACT(ISOYEAR FROM DATE '2021-01-03') → 2020",
        "EXTRACT(HOUR FROM no_ts) → NULL",
        "CAST(ts AS DATE) → 2026-11-21",
        "CAST(born AS TIMESTAMP) → 2000-02-28T23:00:00Z",
        "FLOOR(ts TO DAY) → 2026-11-20T23:00:00Z",
        "FLOOR(ts TO HOUR) → 2026-11-21T22:00:00Z",
        "FLOOR(ts TO WEEK) → 2026-11-15T23:00:00Z",
        "FLOOR(us TO YEAR) → 2025-12-31T23:00:00Z",
        "FLOOR(born TO MONTH) → 2000-02-01",
        "ts < us → TRUE",
        "ts = TIMESTAMP '2026-11-21 23:30:15.500' → TRUE",
        "us = TIMESTAMP '2026-11-21 23:30:15.500001' → TRUE",
        "TIMESTAMP '2026-10-25 02:30:00' → 2026-10-25T00:30:00Z",
        "CAST('2026-11-21 03:00' AS TIMESTAMP) → 2026-11-21T02:00:00Z",
        "CAST('2026-11-21T03:00:00Z' AS TIMESTAMP) → 2026-11-21T03:00:00Z",
        "CAST('2026-11-21 03:00:00.25+05:30' AS TIMESTAMP) → 2026-11-20T21:30:00.250Z",
        "CAST('2026-11-21' AS TIMESTAMP) → 2026-11-20T23:00:00Z",
        "CAST(ts AS VARCHAR) → '2026-11-21 23:30:15.500'",
        "CAST(us AS VARCHAR) → '2026-11-21 23:30:15.500001'",
        "ts + INTERVAL '2' HOUR → 2026-11-22T00:30:15.500Z",
        "ts - INTERVAL '1' MONTH → 2026-10-21T21:30:15.500Z",
        "TIMESTAMP '2026-03-28 12:00:00' + INTERVAL '1' DAY → 2026-03-29T10:00:00Z",
        "TIMESTAMP '2026-03-28 02:30:00' + INTERVAL '1' DAY → 2026-03-29T01:30:00Z",
        "TIMESTAMPADD(HOUR, 24, TIMESTAMP '2026-03-28 12:00:00') → 2026-03-29T11:00:00Z",
        "born + INTERVAL '1' YEAR → 2001-02-28",
        "born - INTERVAL '29' DAY → 2000-01-31",
        "TIMESTAMPADD(DAY, i, born) → 2000-03-07",
        "TIMESTAMPDIFF(SECOND, ts, ts + INTERVAL '90' SECOND) → 90",
        "TIMESTAMPDIFF(MINUTE, ts, ts - INTERVAL '90' SECOND) → -1",
        "TIMESTAMPDIFF(DAY, TIMESTAMP '2026-03-28 12:00:00', TIMESTAMP '2026-03-29 12:00:00') → 1",
        "TIMESTAMPDIFF(HOUR, TIMESTAMP '2026-03-28 12:00:00', TIMESTAMP '2026-03-29 12:00:00') → 23",
        "TIMESTAMPDIFF(YEAR, born, DATE '2026-02-28') → 25",
        "TIMESTAMPDIFF(DAY, born, DATE '2000-03-01') → 1",
        "TIMESTAMPDIFF(SECOND, ts, us) → 0",
      })
  void shouldReadTimesInThePipelinesZone(String sql, String expected) throws ExpressionException {
    assertEquals(expected, berlin.evaluate(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ARROW,
      quoteCharacter = '`',
      value = {
        "i + 2147483647 → 7 + 2147483647 does not fit into INTEGER",
        "l * l → 1099511627776 * 1099511627776 does not fit into BIGINT",
        "m * 1000000000000.5 * m → does not fit into DECIMAL(18, 5)",
        "-(-2147483647 - 1) → 2147483648 does not fit into INTEGER",
        "ABS(-9223372036854775808) → does not fit into BIGINT",
        "LN(0) → LN of 0 is not a number",
        "LN(i - 7) → LN of 0 is not a number",
        "SQRT(-d) → SQRT of -2.5 is not a number",
        "EXP(1000) → EXP of 1000 is too large for DOUBLE",
        "POWER(0, -1) → POWER of 0 and -1 is not a number",
        "1e308 * 10 → the result is too large for DOUBLE",
        "CAST(s AS INTEGER) → Cannot read 'Zürich' as INTEGER: expected a whole number",
        "CAST('0x10' AS DOUBLE) → Cannot read '0x10' as DOUBLE: expected a number",
        "CAST('1e999' AS DOUBLE) → 1e999 does not fit into DOUBLE",
        "CAST(l AS INTEGER) → 1099511627776 does not fit into INTEGER",
        "CAST(1e30 AS DECIMAL(18, 2)) → does not fit into DECIMAL(18, 2)",
        "CAST('1e999999999' AS DECIMAL(18, 2)) → does not fit into DECIMAL(18, 2)",
        "CAST('2026-02-29' AS DATE) → expected a day of the calendar",
        "CAST('2026-03-29 02:30:00' AS TIMESTAMP) → does not exist in Europe/Berlin",
        "CAST('2026-03-29 04:30:00.0001' AS TIMESTAMP) → TIMESTAMP(6) has 6",
        "SUBSTRING(s, 1, -1) → SUBSTRING cannot take -1 characters",
      })
  void shouldSayWhatHasNoResult(String sql, String message) {
    RuntimeException e = assertThrows(RuntimeException.class, () -> berlin.evaluate(sql));
    assertTrue(
        e instanceof ArithmeticException || e instanceof IllegalArgumentException, e::toString);
    assertTrue(e.getMessage().contains(message), e::getMessage);
  }
}
