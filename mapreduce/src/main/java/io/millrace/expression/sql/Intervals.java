package io.millrace.expression.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;

/** Intervals that are lengths: a day is 24 hours. */
final class Intervals {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final long SECOND = 1000;

  private Intervals() {}

  /**
   * The length of a literal.
   *
   * @throws SqlProblem where it is written in months or years, or in several units at once
   */
  static BigDecimal millis(SqlIntervalLiteral literal, String shown) {
    SqlIntervalLiteral.IntervalValue interval =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    TimeUnit unit = interval.getIntervalQualifier().timeUnitRange.startUnit;
    if (interval.getIntervalQualifier().timeUnitRange.endUnit != null) {
      throw oneUnit(literal, shown);
    }
    long length =
        switch (unit) {
          case WEEK -> 7 * DAY;
          case DAY -> DAY;
          case HOUR -> HOUR;
          case MINUTE -> MINUTE;
          case SECOND -> SECOND;
          default ->
              throw SqlProblem.at(
                  literal,
                  "Cannot use %s: a %s has no fixed length; write days".formatted(shown, unit));
        };
    try {
      return new BigDecimal(interval.getIntervalLiteral().strip())
          .multiply(BigDecimal.valueOf(length * interval.getSign()))
          .setScale(0, RoundingMode.UNNECESSARY);
    } catch (NumberFormatException e) {
      throw oneUnit(literal, shown);
    } catch (ArithmeticException e) {
      throw SqlProblem.at(literal, "Cannot use " + shown + ": write whole milliseconds");
    }
  }

  private static SqlProblem oneUnit(SqlIntervalLiteral literal, String shown) {
    return SqlProblem.at(
        literal, "Cannot use " + shown + ": write one unit, like INTERVAL '1' DAY");
  }

  /** An interval as SQL, in the largest unit that makes it a whole number. */
  static String shown(long millis) {
    if (millis % DAY == 0) {
      return "INTERVAL '%s' DAY".formatted(millis / DAY);
    } else if (millis % HOUR == 0) {
      return "INTERVAL '%s' HOUR".formatted(millis / HOUR);
    } else if (millis % MINUTE == 0) {
      return "INTERVAL '%s' MINUTE".formatted(millis / MINUTE);
    }
    return "INTERVAL '%s' SECOND"
        .formatted(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
  }
}
