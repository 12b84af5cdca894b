package io.millrace.expression.tree;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.EnumSet;
import java.util.Set;

/** Which expressions are sure to have a value, or NULL, for every row. */
public final class Failure {
  private static final Set<Function> SAFE =
      EnumSet.of(
          Function.LOWER,
          Function.UPPER,
          Function.TRIM_BOTH,
          Function.TRIM_LEADING,
          Function.TRIM_TRAILING,
          Function.CHAR_LENGTH,
          Function.STARTS_WITH,
          Function.ENDS_WITH,
          Function.WITHOUT_PREFIX,
          Function.OCTET_LENGTH,
          Function.LEFT,
          Function.RIGHT,
          Function.REVERSE,
          Function.INITCAP,
          Function.TRANSLATE,
          Function.POSITION,
          Function.ASCII,
          Function.CRC32,
          Function.BIT_AND,
          Function.BIT_OR,
          Function.BIT_XOR,
          Function.BIT_COUNT,
          Function.MICROS_TO_MILLIS,
          Function.SAME,
          Function.DAY_NAME,
          Function.MONTH_NAME,
          Function.MILLIS_TO_SECONDS,
          Function.MICROS_TO_SECONDS,
          Function.LOCAL_DAY,
          Function.SECOND_OF_DAY,
          Function.HOUR_OF_DAY,
          Function.MINUTE_OF_HOUR,
          Function.SECOND_OF_MINUTE,
          Function.YEAR,
          Function.ISO_YEAR,
          Function.QUARTER,
          Function.MONTH,
          Function.WEEK,
          Function.DAY_OF_MONTH,
          Function.DAY_OF_WEEK,
          Function.ISO_DAY_OF_WEEK,
          Function.DAY_OF_YEAR);

  private Failure() {}

  /**
   * Whether computing the expression may fail at run time. Says no where it is sure, and yes where
   * a closer look might find that it cannot.
   */
  public static boolean isPossible(Expression expression) {
    if (expression instanceof Expression.Attempt attempt) {
      return attempt.extent() == Expression.Attempt.Extent.ALL
          ? hasRegularExpression(attempt.operand())
          : attempt.operand().operands().stream().anyMatch(Failure::isPossible);
    }
    return canFailItself(expression)
        || expression.operands().stream().anyMatch(Failure::isPossible);
  }

  /** Whether storing a value in a column may fail. */
  public static boolean isPossible(ColumnType value, ColumnType column) {
    // a DOUBLE must be finite to be stored
    return value.kind() == Kind.DOUBLE
        || value.kind() == Kind.FLOAT
        || (value.nullable() && !column.nullable())
        || !value.withNullable(false).equals(column.withNullable(false));
  }

  private static boolean canFailItself(Expression expression) {
    if (expression instanceof Expression.Call call) {
      return !SAFE.contains(call.function());
    }
    return isRegularExpression(expression)
        || (expression instanceof Expression.Prepared prepared
            && prepared.tool() != Expression.Prepared.Tool.DIGEST)
        || expression instanceof Expression.Arithmetic
        || expression instanceof Expression.Shorten
        || (expression instanceof Expression.Convert convert && canFail(convert));
  }

  private static boolean hasRegularExpression(Expression expression) {
    return isRegularExpression(expression)
        || expression.operands().stream().anyMatch(Failure::hasRegularExpression);
  }

  /** Deep ones need more stack than there is. */
  private static boolean isRegularExpression(Expression expression) {
    return (expression instanceof Expression.Matches matches
            && matches.language() == Expression.Matches.Language.REGULAR_EXPRESSION)
        || (expression instanceof Expression.Prepared prepared
            && prepared.tool().className().equals("RegularExpression"));
  }

  private static boolean canFail(Expression.Convert convert) {
    Kind from = convert.operand().type().kind();
    return switch (convert.type().kind()) {
      case LONG -> from != Kind.INT;
      case DOUBLE -> !from.isNumeric();
      case BOOLEAN, INT, FLOAT, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, STRING -> true;
    };
  }
}
