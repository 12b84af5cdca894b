package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Arithmetic;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** EXTRACT, FLOOR … TO, and arithmetic with units of time. Built from steps on days and seconds. */
final class TimeFunctions {
  private static final String PARTS =
      "YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, DOW, ISODOW, DOY, ISOYEAR, EPOCH";
  private static final long SECONDS_PER_DAY = 86_400;

  private final Binder binder;

  TimeFunctions(Binder binder) {
    this.binder = binder;
  }

  Expression extract(SqlCall call) {
    return part(unit(call.operand(0)), call.operand(0), call.operand(1));
  }

  /** One part of a DATE or TIMESTAMP. */
  Expression part(String unit, SqlNode unitNode, SqlNode node) {
    Expression value = time(node);
    boolean isDate = value.type().kind() == Kind.DATE;
    return switch (unit) {
      case "YEAR" -> whole(Function.YEAR, day(value));
      case "ISOYEAR" -> whole(Function.ISO_YEAR, day(value));
      case "QUARTER" -> whole(Function.QUARTER, day(value));
      case "MONTH" -> whole(Function.MONTH, day(value));
      case "WEEK" -> whole(Function.WEEK, day(value));
      case "DAY" -> whole(Function.DAY_OF_MONTH, day(value));
      case "DOW" -> whole(Function.DAY_OF_WEEK, day(value));
      case "ISODOW" -> whole(Function.ISO_DAY_OF_WEEK, day(value));
      case "DOY" -> whole(Function.DAY_OF_YEAR, day(value));
      case "HOUR", "MINUTE", "SECOND" -> {
        if (isDate) {
          throw SqlProblem.at(
              unitNode, "A DATE has no " + unit + ": " + binder.describe(node, value));
        }
        Function function =
            switch (unit) {
              case "HOUR" -> Function.HOUR_OF_DAY;
              case "MINUTE" -> Function.MINUTE_OF_HOUR;
              default -> Function.SECOND_OF_MINUTE;
            };
        yield whole(function, whole(Function.SECOND_OF_DAY, seconds(value)));
      }
      case "EPOCH" -> isDate ? whole(Function.START_OF_DAY, value) : seconds(value);
      default -> throw SqlProblem.at(unitNode, "Cannot extract " + unit + ": parts are " + PARTS);
    };
  }

  /** {@code FLOOR(x TO unit)}. */
  Expression floor(SqlCall call) {
    if (call.getKind() != SqlKind.FLOOR) {
      throw SqlProblem.at(
          call, "Cannot use CEIL with a unit of time: write FLOOR(… TO …) + INTERVAL");
    }
    Expression value = time(call.operand(0));
    SqlNode unitNode = call.operand(1);
    String unit = unit(unitNode);
    ColumnType type = value.type();
    boolean isDate = type.kind() == Kind.DATE;
    Function ofDays =
        switch (unit) {
          case "YEAR" -> Function.START_OF_YEAR;
          case "QUARTER" -> Function.START_OF_QUARTER;
          case "MONTH" -> Function.START_OF_MONTH;
          case "WEEK" -> Function.START_OF_WEEK;
          default -> Function.LOCAL_DAY;
        };
    if (ofDays != Function.LOCAL_DAY) {
      Expression start = new Call(ofDays, List.of(day(value)), Typing.DATE);
      return isDate ? start : fromSeconds(whole(Function.START_OF_DAY, start), type);
    }
    return switch (unit) {
      case "DAY" -> isDate ? value : fromSeconds(whole(Function.START_OF_DAY, day(value)), type);
      case "HOUR", "MINUTE", "SECOND" -> {
        if (isDate) {
          throw SqlProblem.at(unitNode, "A DATE has no " + unit);
        }
        yield fromSeconds(
            switch (unit) {
              case "HOUR" -> whole(Function.START_OF_HOUR, seconds(value));
              case "MINUTE" -> whole(Function.START_OF_MINUTE, seconds(value));
              default -> seconds(value);
            },
            type);
      }
      default ->
          throw SqlProblem.at(
              unitNode,
              "Cannot cut off at "
                  + unit
                  + ": units are YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND");
    };
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
    return plus(node, unit(interval.getIntervalQualifier()), amount, literal);
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
        unit(call.operand(0)),
        Typing.convert(count, Typing.BIGINT),
        call.operand(0));
  }

  private Expression plus(SqlNode node, String unit, Expression count, SqlNode blamed) {
    Expression value = time(node);
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
    String unit = unit(call.operand(0));
    List<Expression> pair =
        binder.bindToCommonType(
            List.of(call.operand(1), call.operand(2)), "Cannot take the difference of");
    if (Typing.isUntyped(pair.get(0)) && Typing.isUntyped(pair.get(1))) {
      return Typing.convert(Typing.NULL, Typing.BIGINT);
    }
    Kind kind = checkTime(call.operand(1), pair.get(0)).type().kind();
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
      long length = days > 0 ? days : secondsOf(unit, call.operand(0));
      if (days == 0) {
        throw SqlProblem.at(
            call.operand(0), "A DATE has no " + unit + " (" + length + " s): CAST it to TIMESTAMP");
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

  private static Expression whole(Function function, Expression operand) {
    return call(function, List.of(operand));
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

  private static Expression day(Expression value) {
    return value.type().kind() == Kind.DATE
        ? value
        : new Call(Function.LOCAL_DAY, List.of(seconds(value)), Typing.DATE);
  }

  private static Expression seconds(Expression value) {
    return whole(
        value.type().kind() == Kind.TIMESTAMP_MILLIS
            ? Function.MILLIS_TO_SECONDS
            : Function.MICROS_TO_SECONDS,
        value);
  }

  private static Expression fromSeconds(Expression seconds, ColumnType type) {
    return new Call(
        type.kind() == Kind.TIMESTAMP_MILLIS
            ? Function.SECONDS_TO_MILLIS
            : Function.SECONDS_TO_MICROS,
        List.of(seconds),
        type);
  }

  private Expression time(SqlNode node) {
    Expression value = binder.bind(node);
    return Typing.isUntyped(value)
        ? Typing.convert(value, ColumnType.of(Kind.TIMESTAMP_MILLIS))
        : checkTime(node, value);
  }

  private Expression checkTime(SqlNode node, Expression value) {
    if (value.type().kind() != Kind.DATE && !value.type().kind().isTimestamp()) {
      throw SqlProblem.at(
          node,
          "Expected a DATE or TIMESTAMP, but found "
              + binder.describe(node, value)
              + (value.type().kind() == Kind.STRING ? ": write CAST(… AS TIMESTAMP)" : ""));
    }
    return value;
  }

  private static String unit(SqlNode node) {
    if (node instanceof SqlIntervalQualifier qualifier) {
      if (qualifier.timeFrameName != null) {
        return qualifier.timeFrameName.toUpperCase(Locale.ROOT);
      }
      return qualifier.timeUnitRange.endUnit == null
          ? qualifier.timeUnitRange.name()
          : qualifier.timeUnitRange.name().replace('_', ' ');
    }
    return node.toString().toUpperCase(Locale.ROOT);
  }
}
