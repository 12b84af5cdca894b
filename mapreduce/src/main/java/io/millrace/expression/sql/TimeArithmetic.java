package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Arithmetic;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/**
 * Sums and differences of times. Days and longer units are the calendar's, shorter ones are
 * lengths.
 */
final class TimeArithmetic {
  private final Binder binder;
  private final TimeParts parts;

  TimeArithmetic(Binder binder, TimeParts parts) {
    this.binder = binder;
    this.parts = parts;
  }

  /** A DATE or TIMESTAMP plus or minus an interval. */
  Expression shift(SqlCall call) {
    boolean intervalFirst = call.operand(0) instanceof SqlIntervalLiteral;
    boolean isMinus = call.getKind() == SqlKind.MINUS;
    SqlNode node = call.operand(intervalFirst ? 1 : 0);
    if ((intervalFirst && isMinus) || node instanceof SqlIntervalLiteral) {
      throw SqlProblem.at(
          call, "An INTERVAL can only be added to, or subtracted from, a DATE or TIMESTAMP");
    }
    SqlIntervalLiteral literal = call.operand(intervalFirst ? 0 : 1);
    SqlIntervalLiteral.IntervalValue interval =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    long count;
    try {
      count = Long.parseLong(interval.getIntervalLiteral().strip()) * interval.getSign();
    } catch (NumberFormatException e) {
      throw SqlProblem.at(
          literal,
          "Cannot use " + binder.show(literal) + ": write one unit, like INTERVAL '1' DAY");
    }
    Expression amount = new Literal(isMinus ? -count : count, Typing.BIGINT);
    return plus(node, TimeParts.unit(interval.getIntervalQualifier()), amount, literal);
  }

  /** {@code TIMESTAMPADD(unit, count, time)}. */
  Expression add(SqlCall call) {
    Expression count = binder.number(call.operand(1));
    if (!Typing.isWhole(count.type())) {
      throw SqlProblem.at(
          call.operand(1),
          "Expected a whole number, but found " + binder.describe(call.operand(1), count));
    }
    return plus(
        call.operand(2),
        TimeParts.unit(call.operand(0)),
        Typing.convert(count, Typing.BIGINT),
        call.operand(0));
  }

  private Expression plus(SqlNode node, String unit, Expression count, SqlNode blamed) {
    Expression value = parts.time(node);
    Kind kind = value.type().kind();
    long months = monthsOf(unit);
    if (months > 0) {
      return new Call(
          switch (kind) {
            case DATE -> Function.DAY_PLUS_MONTHS;
            case TIMESTAMP_MILLIS -> Function.PLUS_MONTHS_MILLIS;
            default -> Function.PLUS_MONTHS_MICROS;
          },
          List.of(value, times(count, months)),
          value.type());
    }
    long days = unit.equals("DAY") ? 1 : unit.equals("WEEK") ? 7 : 0;
    if (days > 0) {
      return new Call(
          switch (kind) {
            case DATE -> Function.DAY_PLUS_DAYS;
            case TIMESTAMP_MILLIS -> Function.PLUS_DAYS_MILLIS;
            default -> Function.PLUS_DAYS_MICROS;
          },
          List.of(value, times(count, days)),
          value.type());
    }
    long seconds = secondsOf(unit, blamed);
    if (kind == Kind.DATE) {
      throw SqlProblem.at(blamed, "A DATE has no " + unit + ": CAST it to TIMESTAMP");
    }
    Expression amount = times(count, seconds * perSecond(kind));
    return new Arithmetic(
        Arithmetic.Operator.PLUS,
        value,
        amount,
        value.type().withNullable(value.type().nullable() || count.type().nullable()));
  }

  private static Expression times(Expression count, long factor) {
    if (factor == 1) {
      return count;
    }
    return new Arithmetic(
        Arithmetic.Operator.TIMES, count, new Literal(factor, Typing.BIGINT), count.type());
  }

  /** {@code TIMESTAMPDIFF(unit, from, to)}: whole units, negative where {@code to} is earlier. */
  Expression difference(SqlCall call) {
    String unit = TimeParts.unit(call.operand(0));
    List<Expression> pair =
        binder.bindToCommonType(
            List.of(call.operand(1), call.operand(2)), "Cannot take the difference of");
    if (Typing.isUntyped(pair.get(0)) && Typing.isUntyped(pair.get(1))) {
      return Typing.convert(Typing.NULL, Typing.BIGINT);
    }
    Kind kind = parts.checkTime(call.operand(1), pair.get(0)).type().kind();
    long months = monthsOf(unit);
    if (months > 0) {
      Expression between =
          kind == Kind.DATE
              ? call(Function.MONTHS_BETWEEN_DAYS, pair)
              : call(Function.MONTHS_BETWEEN_MICROS, micros(pair));
      return units(between, months);
    }
    long days = unit.equals("DAY") ? 1 : unit.equals("WEEK") ? 7 : 0;
    if (kind == Kind.DATE) {
      if (days == 0) {
        throw SqlProblem.at(call.operand(0), "A DATE has no " + unit + ": CAST both to TIMESTAMP");
      }
      return between(pair, days);
    }
    if (days > 0) {
      return units(call(Function.DAYS_BETWEEN_MICROS, micros(pair)), days);
    }
    return between(pair, secondsOf(unit, call.operand(0)) * perSecond(kind));
  }

  private static Expression between(List<Expression> pair, long unit) {
    return call(
        Function.WHOLE_UNITS_BETWEEN,
        List.of(pair.get(0), pair.get(1), new Literal(unit, Typing.BIGINT)));
  }

  private static Expression units(Expression count, long unit) {
    return unit == 1 ? count : between(List.of(new Literal(0L, Typing.BIGINT), count), unit);
  }

  private static List<Expression> micros(List<Expression> pair) {
    ColumnType type = ColumnType.of(Kind.TIMESTAMP_MICROS);
    return pair.stream().map(value -> Typing.convert(value, type)).toList();
  }

  private static Expression call(Function function, List<Expression> operands) {
    return new Call(function, operands, Typing.BIGINT);
  }

  private static long perSecond(Kind kind) {
    return kind == Kind.TIMESTAMP_MILLIS ? 1000 : 1_000_000;
  }

  private static long monthsOf(String unit) {
    return switch (unit) {
      case "YEAR" -> 12;
      case "QUARTER" -> 3;
      case "MONTH" -> 1;
      default -> 0;
    };
  }

  private static long secondsOf(String unit, SqlNode node) {
    return switch (unit) {
      case "HOUR" -> 3600;
      case "MINUTE" -> 60;
      case "SECOND" -> 1;
      default ->
          throw SqlProblem.at(
              node,
              "Cannot use the unit "
                  + unit
                  + ": units are YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND");
    };
  }
}
