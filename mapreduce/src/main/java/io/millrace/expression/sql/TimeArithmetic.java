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

  /** An interval as a literal, or {@code INTERVAL n DAY} with any whole number. */
  static boolean isInterval(SqlNode node) {
    return node instanceof SqlIntervalLiteral || node.getKind() == SqlKind.INTERVAL;
  }

  /** A DATE or TIMESTAMP plus or minus an interval. */
  Expression shift(SqlCall call) {
    boolean intervalFirst = isInterval(call.operand(0));
    boolean isMinus = call.getKind() == SqlKind.MINUS;
    SqlNode node = call.operand(intervalFirst ? 1 : 0);
    SqlNode interval = call.operand(intervalFirst ? 0 : 1);
    if ((intervalFirst && isMinus) || isInterval(node)) {
      throw SqlProblem.at(
          call, "An INTERVAL can only be added to, or subtracted from, a DATE or TIMESTAMP");
    }
    if (interval instanceof SqlIntervalLiteral literal) {
      return plus(node, TimeParts.unit(qualifier(literal)), count(literal, isMinus), literal);
    }
    SqlCall counted = (SqlCall) interval;
    Expression count = count(counted.operand(0));
    return plus(
        node, TimeParts.unit(counted.operand(1)), isMinus ? negated(count) : count, interval);
  }

  private static SqlNode qualifier(SqlIntervalLiteral literal) {
    return literal.getValueAs(SqlIntervalLiteral.IntervalValue.class).getIntervalQualifier();
  }

  private Expression count(SqlIntervalLiteral literal, boolean isMinus) {
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
    return new Literal(isMinus ? -count : count, Typing.BIGINT);
  }

  private Expression count(SqlNode node) {
    return count(node, binder.bind(node));
  }

  private Expression count(SqlNode node, Expression value) {
    Expression count = binder.number(node, value);
    if (!Typing.isWhole(count.type())) {
      throw SqlProblem.at(
          node, "Expected a whole number, but found " + binder.describe(node, count));
    }
    return Typing.convert(count, Typing.BIGINT);
  }

  private static Expression negated(Expression count) {
    return new Call(Function.NEGATE_BIGINT, List.of(count), Typing.BIGINT);
  }

  /** {@code DATE + n}, {@code DATE - n} and {@code DATE - DATE}; all count days. */
  Expression days(SqlCall call, Expression left, Expression right) {
    boolean isMinus = call.getKind() == SqlKind.MINUS;
    if (isDate(left) && isDate(right)) {
      if (!isMinus) {
        throw SqlProblem.at(call, "Two DATEs cannot be added; their difference is in days: a - b");
      }
      return between(List.of(right, left), 1);
    }
    if (isMinus && !isDate(left)) {
      throw SqlProblem.at(call, "A DATE can only be subtracted from a DATE");
    }
    Expression date = isDate(left) ? left : right;
    Expression count = isDate(left) ? count(call.operand(1), right) : count(call.operand(0), left);
    return new Call(
        Function.DAY_PLUS_DAYS, List.of(date, isMinus ? negated(count) : count), date.type());
  }

  static boolean isDate(Expression value) {
    return value.type().kind() == Kind.DATE;
  }

  /** {@code TIMESTAMPADD(unit, count, time)}. */
  Expression add(SqlCall call) {
    return plus(
        call.operand(2), TimeParts.unit(call.operand(0)), count(call.operand(1)), call.operand(0));
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

  /** {@code DATE_DIFF('unit', from, to)}: how many starts of a unit lie between. */
  Expression boundaries(Arguments arguments) {
    SqlNode unitNode = arguments.node(0);
    String unit = parts.unitText(unitNode, arguments.function());
    List<Expression> pair =
        binder.bindToCommonType(arguments.nodes().subList(1, 3), "Cannot take the difference of");
    if (Typing.isUntyped(pair.get(0)) && Typing.isUntyped(pair.get(1))) {
      return Typing.convert(Typing.NULL, Typing.BIGINT);
    }
    Kind kind = parts.checkTime(arguments.node(1), pair.get(0)).type().kind();
    List<Expression> days = pair.stream().map(TimeParts::day).toList();
    long months = monthsOf(unit);
    if (months > 0) {
      Function startOfUnit =
          switch (unit) {
            case "YEAR" -> Function.START_OF_YEAR;
            case "QUARTER" -> Function.START_OF_QUARTER;
            default -> Function.START_OF_MONTH;
          };
      return units(call(Function.MONTHS_BETWEEN_DAYS, starts(startOfUnit, days)), months);
    }
    if (unit.equals("WEEK")) {
      return between(starts(Function.START_OF_WEEK, days), 7);
    }
    if (unit.equals("DAY")) {
      return between(days, 1);
    }
    long seconds = secondsOf(unit, unitNode);
    if (kind == Kind.DATE) {
      throw SqlProblem.at(unitNode, "A DATE has no " + unit + ": CAST both to TIMESTAMP");
    }
    List<Expression> moments =
        pair.stream().map(moment -> startOf(unit, TimeParts.seconds(moment))).toList();
    return between(moments, seconds);
  }

  private static List<Expression> starts(Function startOfUnit, List<Expression> days) {
    return days.stream()
        .<Expression>map(day -> new Call(startOfUnit, List.of(day), Typing.DATE))
        .toList();
  }

  private static Expression startOf(String unit, Expression seconds) {
    return switch (unit) {
      case "HOUR" -> call(Function.START_OF_HOUR, List.of(seconds));
      case "MINUTE" -> call(Function.START_OF_MINUTE, List.of(seconds));
      default -> seconds;
    };
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
