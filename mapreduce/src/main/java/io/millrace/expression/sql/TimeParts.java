package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Arithmetic;
import io.millrace.expression.tree.Expression.Arithmetic.Operator;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** EXTRACT and FLOOR … TO, built from steps on days and seconds. */
final class TimeParts {
  private static final String PARTS =
      "YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, DOW, ISODOW,"
          + " DOY, ISOYEAR, EPOCH";

  private final Binder binder;

  TimeParts(Binder binder) {
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
      case "MILLISECOND", "MICROSECOND" -> {
        if (isDate) {
          throw SqlProblem.at(
              unitNode, "A DATE has no " + unit + ": " + binder.describe(node, value));
        }
        yield fraction(value, unit.equals("MILLISECOND") ? 1000 : 1_000_000);
      }
      case "EPOCH" -> isDate ? whole(Function.START_OF_DAY, value) : seconds(value);
      default -> throw SqlProblem.at(unitNode, "Cannot extract " + unit + ": parts are " + PARTS);
    };
  }

  /** The seconds of the minute with their fraction, in a smaller unit. */
  private static Expression fraction(Expression value, long unitsPerSecond) {
    boolean isMillis = value.type().kind() == Kind.TIMESTAMP_MILLIS;
    long held = isMillis ? 1000 : 1_000_000;
    Expression rest =
        new Call(
            Function.SCALED_REST,
            List.of(
                value,
                new Literal(held, Typing.BIGINT),
                new Literal(unitsPerSecond, Typing.BIGINT)),
            Typing.BIGINT);
    Expression second =
        whole(Function.SECOND_OF_MINUTE, whole(Function.SECOND_OF_DAY, seconds(value)));
    return new Arithmetic(
        Operator.PLUS,
        new Arithmetic(
            Operator.TIMES, second, new Literal(unitsPerSecond, Typing.BIGINT), second.type()),
        rest,
        second.type());
  }

  /** {@code DATE_TRUNC('unit', x)}; the unit as a word behind it too, as BigQuery has it. */
  Expression truncate(Arguments arguments) {
    boolean unitIsLast = arguments.node(1) instanceof SqlIntervalQualifier;
    SqlNode unitNode = arguments.node(unitIsLast ? 1 : 0);
    String unit = unitIsLast ? unit(unitNode) : unitText(unitNode, arguments.function());
    return floor(unit, unitNode, arguments.node(unitIsLast ? 0 : 1));
  }

  /** A unit of time that is written as text, in upper case. */
  String unitText(SqlNode node, String function) {
    String unit =
        new Patterns(binder).constant(node, "The unit of " + function).toUpperCase(Locale.ROOT);
    return unit.endsWith("S") ? unit.substring(0, unit.length() - 1) : unit;
  }

  /** {@code FLOOR(x TO unit)}. */
  Expression floor(SqlCall call) {
    if (call.getKind() != SqlKind.FLOOR) {
      throw SqlProblem.at(
          call, "Cannot use CEIL with a unit of time: write FLOOR(… TO …) + INTERVAL");
    }
    return floor(unit(call.operand(1)), call.operand(1), call.operand(0));
  }

  private Expression floor(String unit, SqlNode unitNode, SqlNode node) {
    Expression value = time(node);
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

  private static Expression whole(Function function, Expression operand) {
    return new Call(function, List.of(operand), Typing.BIGINT);
  }

  static Expression day(Expression value) {
    return value.type().kind() == Kind.DATE
        ? value
        : new Call(Function.LOCAL_DAY, List.of(seconds(value)), Typing.DATE);
  }

  static Expression seconds(Expression value) {
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

  /** Binds a DATE or TIMESTAMP. */
  Expression time(SqlNode node) {
    Expression value = binder.bind(node);
    return Typing.isUntyped(value)
        ? Typing.convert(value, ColumnType.of(Kind.TIMESTAMP_MILLIS))
        : checkTime(node, value);
  }

  Expression checkTime(SqlNode node, Expression value) {
    if (value.type().kind() != Kind.DATE && !value.type().kind().isTimestamp()) {
      throw SqlProblem.at(
          node,
          "Expected a DATE or TIMESTAMP, but found "
              + binder.describe(node, value)
              + (value.type().kind() == Kind.STRING ? ": write CAST(… AS TIMESTAMP)" : ""));
    }
    return value;
  }

  /** A unit of time in upper case. */
  static String unit(SqlNode node) {
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
