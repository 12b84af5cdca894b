package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Arithmetic.Operator;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.OptionalLong;

/** Functions whose result depends on the type of number. */
final class NumberRules {
  Expression abs(Arguments arguments) {
    Expression x = arguments.number(0);
    return of(
        x, Function.ABS_INTEGER, Function.ABS_BIGINT, Function.ABS_BIGINT, Function.ABS_DOUBLE);
  }

  private static Expression of(
      Expression x, Function ofInteger, Function ofBigint, Function ofDecimal, Function ofDouble) {
    Function function =
        switch (x.type().kind()) {
          case INT -> ofInteger;
          case LONG -> ofBigint;
          case DECIMAL -> ofDecimal;
          default -> ofDouble;
        };
    return new Call(function, List.of(x), x.type());
  }

  /** -1, 0 or 1. */
  Expression sign(Arguments arguments) {
    Expression x = arguments.number(0);
    return Typing.isExact(x.type())
        ? new Call(Function.SIGN_BIGINT, List.of(x), Typing.INTEGER)
        : new Call(Function.SIGN_DOUBLE, List.of(x), Typing.DOUBLE);
  }

  Expression modulo(Arguments arguments) {
    return new Operators(arguments.binder())
        .arithmetic(Operator.MODULO, arguments.call(), arguments.number(0), arguments.number(1));
  }

  Expression floor(Arguments arguments) {
    return toWhole(arguments, Function.FLOOR_DECIMAL, Function.FLOOR_DOUBLE);
  }

  Expression ceil(Arguments arguments) {
    return toWhole(arguments, Function.CEIL_DECIMAL, Function.CEIL_DOUBLE);
  }

  private static Expression toWhole(Arguments arguments, Function ofDecimal, Function ofDouble) {
    Expression x = arguments.number(0);
    if (Typing.isWhole(x.type())) {
      return x;
    }
    if (x.type().kind() == Kind.DECIMAL) {
      ColumnType type = Typing.cappedDecimal(Typing.wholeDigits(x.type()) + 1, 0);
      return new Call(ofDecimal, List.of(x, scale(x)), type);
    }
    return new Call(ofDouble, List.of(x), x.type());
  }

  Expression round(Arguments arguments) {
    return toDigits(
        arguments, Function.ROUND_BIGINT, Function.ROUND_DECIMAL, Function.ROUND_DOUBLE);
  }

  Expression truncate(Arguments arguments) {
    return toDigits(
        arguments, Function.TRUNCATE_BIGINT, Function.TRUNCATE_DECIMAL, Function.TRUNCATE_DOUBLE);
  }

  private static Expression toDigits(
      Arguments arguments, Function ofBigint, Function ofDecimal, Function ofDouble) {
    Expression x = arguments.number(0);
    Expression digits = arguments.size() == 2 ? arguments.whole(1) : new Literal(0L, Typing.BIGINT);
    if (Typing.isWhole(x.type())) {
      return new Call(ofBigint, List.of(Typing.convert(x, Typing.BIGINT), digits), Typing.BIGINT);
    }
    if (x.type().kind() != Kind.DECIMAL) {
      return new Call(ofDouble, List.of(Typing.convert(x, Typing.DOUBLE), digits), Typing.DOUBLE);
    }
    OptionalLong constant = arguments.size() == 2 ? arguments.constant(1) : OptionalLong.of(0);
    if (constant.isEmpty()) {
      throw SqlProblem.at(
          arguments.node(1),
          arguments.function() + " of a DECIMAL takes a number of digits that is written down");
    }
    if (constant.getAsLong() >= x.type().scale()) {
      return x;
    }
    int scale = (int) Math.max(constant.getAsLong(), 0);
    ColumnType type = Typing.cappedDecimal(Typing.wholeDigits(x.type()) + 1 + scale, scale);
    return new Call(ofDecimal, List.of(x, scale(x), digits), type);
  }

  private static Literal scale(Expression x) {
    return new Literal((long) x.type().scale(), Typing.BIGINT);
  }
}
