package io.millrace.expression.sql;

import java.util.List;

/** What the reference says about the operators, which {@link Operators} and others bind. */
final class OperatorEntries {
  private static final String BOOLEAN = "BOOLEAN";

  static final Entry CONCATENATION =
      Entry.of("s || t", "VARCHAR", "one text after the other", "'a' || 'b'", "'ab'");

  static final List<Entry> ALL =
      List.of(
          Entry.of(
              "x AND y",
              BOOLEAN,
              "FALSE where one is FALSE, whatever the other is",
              "FALSE AND NULL",
              "FALSE"),
          Entry.of(
              "x OR y",
              BOOLEAN,
              "TRUE where one is TRUE, whatever the other is",
              "TRUE OR NULL",
              "TRUE"),
          Entry.of("NOT x", BOOLEAN, "the opposite", "NOT 1 = 2", "TRUE"),
          Entry.of("x IS [NOT] NULL", BOOLEAN, "whether there is a value", "NULL IS NULL", "TRUE"),
          Entry.of(
              "x IS [NOT] TRUE | FALSE | UNKNOWN",
              BOOLEAN,
              "never NULL",
              "NULL IS NOT TRUE",
              "TRUE"),
          Entry.of("= <> != < <= > >=", BOOLEAN, "comparison", "'Z' < 'a'", "TRUE"),
          Entry.of(
              "x IS [NOT] DISTINCT FROM y",
              BOOLEAN,
              "comparison in which NULL is a value like others",
              "1 IS DISTINCT FROM NULL",
              "TRUE"),
          Entry.of(
              "x [NOT] BETWEEN [SYMMETRIC] y AND z",
              BOOLEAN,
              "`x >= y AND x <= z`; SYMMETRIC: in either order",
              "2 BETWEEN 1 AND 2",
              "TRUE"),
          Entry.of(
              "x [NOT] IN (y, …)",
              BOOLEAN,
              "whether x equals one of them; NULL where it equals none and one is NULL",
              "'EUR' IN ('EUR', 'USD')",
              "TRUE",
              "3 IN (1, NULL)",
              "NULL"),
          Entry.of(
              "s [NOT] LIKE 'pattern' [ESCAPE 'c']",
              BOOLEAN,
              "`%` is any text, `_` one character; c before one of them takes its meaning away",
              "'Zürich' LIKE 'Z_r%'",
              "TRUE",
              "'100%' LIKE '100!%' ESCAPE '!'",
              "TRUE"),
          CONCATENATION,
          Entry.of(
              "x + y, x - y, x * y",
              "INTEGER, BIGINT, DECIMAL or DOUBLE",
              "exact but for DOUBLE",
              "0.1 + 0.2",
              "0.3"),
          Entry.of("x / y", "DOUBLE", "NULL where y is 0", "7 / 2", "3.5", "1 / 0", "NULL"),
          Entry.of("x % y", "that of MOD", "`MOD(x, y)`", "7 % 4", "3"),
          Entry.of(
              "ts + INTERVAL 'n' unit, ts - INTERVAL 'n' unit",
              "that of ts",
              "a later or earlier time; the number may be computed: `INTERVAL n DAY`",
              "TIMESTAMP '2026-11-21 22:30:00' + INTERVAL '2' HOUR",
              "2026-11-22 00:30:00",
              "DATE '2026-01-31' + INTERVAL 1 MONTH",
              "2026-02-28"),
          Entry.of(
              "date + n, date - n",
              "DATE",
              "n days later or earlier, as in PostgreSQL",
              "DATE '2026-02-28' + 1",
              "2026-03-01"),
          Entry.of(
              "date - date",
              "BIGINT",
              "the days between them, as in PostgreSQL",
              "DATE '2024-03-01' - DATE '2024-02-01'",
              "29"),
          Entry.of(
              "CASE WHEN condition THEN x … [ELSE y] END",
              "common type",
              "the value of the first branch whose condition is TRUE; else y, or NULL",
              "CASE WHEN 2 > 1 THEN 'more' ELSE 'less' END",
              "'more'"),
          Entry.of(
              "CASE x WHEN y [, z …] THEN … [ELSE …] END",
              "common type",
              "the value of the first branch that x equals",
              "CASE 3 WHEN 1, 2 THEN 'low' WHEN 3 THEN 'mid' END",
              "'mid'"));

  private OperatorEntries() {}
}
