package io.millrace.expression.sql;

import io.millrace.expression.runtime.TimestampText;
import io.millrace.expression.runtime.ZoneCalendar;
import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** Values that are written down. */
final class Literals {
  private static final String MICROSECONDS = ".*\\.\\d{3}\\d*[1-9]\\d*\\D*.*";

  private final ZoneCalendar calendar;

  Literals(ZoneCalendar calendar) {
    this.calendar = calendar;
  }

  Expression bind(SqlLiteral literal) {
    if (literal instanceof SqlUnknownLiteral typed) {
      return typed(typed);
    }
    if (literal instanceof SqlCharStringLiteral) {
      return new Literal(literal.getValueAs(NlsString.class).getValue(), Typing.VARCHAR);
    }
    if (literal instanceof SqlIntervalLiteral) {
      throw SqlProblem.at(
          literal, "An INTERVAL can only be added to, or subtracted from, a DATE or TIMESTAMP");
    }
    SqlTypeName type = literal.getTypeName();
    return switch (type) {
      case NULL -> Typing.NULL;
      // UNKNOWN is a BOOLEAN without a value
      case BOOLEAN ->
          literal.getValue() == null ? Typing.NULL : truth(literal.getValueAs(Boolean.class));
      case DECIMAL, DOUBLE, BIGINT, INTEGER -> {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        yield type == SqlTypeName.DOUBLE ? approximate(value, literal) : number(value, literal);
      }
      default -> throw SqlProblem.at(literal, "Cannot use a literal of " + type);
    };
  }

  static Literal truth(boolean value) {
    return new Literal(value ? 1L : 0L, Typing.BOOLEAN);
  }

  static Literal number(long value) {
    return new Literal(value, value == (int) value ? Typing.INTEGER : Typing.BIGINT);
  }

  /** INTEGER, BIGINT or DECIMAL where it fits, else DOUBLE. */
  static Literal number(BigDecimal value, SqlNode node) {
    if (value.scale() == 0 && value.unscaledValue().bitLength() < Long.SIZE) {
      return number(value.longValueExact());
    }
    int precision = Math.max(value.precision(), value.scale());
    if (value.scale() == 0 || precision > ColumnType.MAX_DECIMAL_PRECISION) {
      return approximate(value, node);
    }
    return new Literal(
        value.unscaledValue().longValueExact(), ColumnType.decimal(precision, value.scale()));
  }

  private static Literal approximate(BigDecimal value, SqlNode node) {
    double number = value.doubleValue();
    if (Double.isInfinite(number)) {
      throw SqlProblem.at(node, "Cannot use " + value + ": it is too large for DOUBLE");
    }
    return new Literal(number, Typing.DOUBLE);
  }

  private Literal typed(SqlUnknownLiteral literal) {
    String text = literal.getValue().strip();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return switch (literal.tag.toUpperCase(Locale.ROOT)) {
        case "DATE" -> new Literal(TimestampText.day(bytes), Typing.DATE);
        case "TIMESTAMP" ->
            text.matches(MICROSECONDS)
                ? new Literal(
                    TimestampText.micros(bytes, calendar), ColumnType.of(Kind.TIMESTAMP_MICROS))
                : new Literal(
                    TimestampText.millis(bytes, calendar), ColumnType.of(Kind.TIMESTAMP_MILLIS));
        default ->
            throw SqlProblem.at(
                literal, "Cannot use " + literal.tag + " literals: write DATE or TIMESTAMP");
      };
    } catch (IllegalArgumentException e) {
      throw SqlProblem.at(literal, String.valueOf(e.getMessage()));
    }
  }
}
