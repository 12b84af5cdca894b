package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Arithmetic.Operator;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.OptionalLong;

/** Functions whose result depends on the type of number. */
final class NumberRules {
  private static final String LIKE_X = "that of x";
  private static final String BIGINT = "BIGINT";

  private NumberRules() {}

  static List<FunctionRule> rules() {
    return List.of(
        FunctionRule.of(
            1,
            Entry.of("ABS(x)", LIKE_X, "without the sign", "ABS(-2.50)", "2.50"),
            NumberRules::abs),
        FunctionRule.of(
            1,
            Entry.of("SIGN(x)", "INTEGER or DOUBLE", "-1, 0 or 1", "SIGN(-12)", "-1"),
            NumberRules::sign),
        FunctionRule.of(
            2,
            Entry.of(
                "MOD(x, y)",
                "INTEGER, BIGINT, DECIMAL or DOUBLE",
                "what is left of x after division by y, with the sign of x; NULL where y is 0",
                "MOD(-7, 4)",
                "-3",
                "MOD(7, 0)",
                "NULL"),
            NumberRules::modulo),
        FunctionRule.of(
            2,
            Entry.of(
                "DIV(x, y)",
                BIGINT,
                "how many times y goes into x, of whole numbers, cut off; NULL where y is 0",
                "DIV(-7, 2)",
                "-3"),
            NumberRules::quotient),
        FunctionRule.of(
            1,
            2,
            Entry.of(
                "ROUND(x [, n])",
                "BIGINT, DECIMAL or DOUBLE",
                "to n digits after the point, half away from zero; a DOUBLE as it is written. A"
                    + " negative n rounds before the point",
                "ROUND(2.675e0, 2)",
                "2.68",
                "ROUND(1250, -2)",
                "1300"),
            NumberRules::round),
        FunctionRule.of(
                1,
                2,
                Entry.of(
                    "TRUNCATE(x [, n])",
                    "BIGINT, DECIMAL or DOUBLE",
                    "the same, but digits are cut off; also `TRUNC`",
                    "TRUNCATE(-2.567, 1)",
                    "-2.5"),
                NumberRules::truncate)
            .alsoCalled("TRUNC"),
        FunctionRule.of(
            1,
            Entry.of(
                "FLOOR(x)",
                LIKE_X,
                "the next whole number below; `FLOOR(ts TO unit)` is under time",
                "FLOOR(-2.5)",
                "-3"),
            NumberRules::floor),
        FunctionRule.of(
            1,
            Entry.of(
                "CEIL(x)",
                LIKE_X,
                "the next whole number above; also `CEILING`",
                "CEIL(2.1e0)",
                "3.0"),
            NumberRules::ceil),
        FunctionRule.of(
            4,
            Entry.of(
                "WIDTH_BUCKET(x, low, high, n)",
                BIGINT,
                "in which of n equal parts of the range from low to high x lies, from 1; 0 below the"
                    + " range, n + 1 from high on",
                "WIDTH_BUCKET(35, 0, 100, 10)",
                "4",
                "WIDTH_BUCKET(100, 0, 100, 10)",
                "11"),
            arguments ->
                new Call(
                    Function.WIDTH_BUCKET,
                    List.of(
                        arguments.asDouble(0),
                        arguments.asDouble(1),
                        arguments.asDouble(2),
                        arguments.whole(3)),
                    Typing.BIGINT)),
        bits("BITAND", Function.BIT_AND, "the bits that both have", "BITAND(12, 10)", "8"),
        bits("BITOR", Function.BIT_OR, "the bits that one of them has", "BITOR(12, 10)", "14"),
        bits(
            "BITXOR",
            Function.BIT_XOR,
            "the bits that only one of them has",
            "BITXOR(12, 10)",
            "6"),
        FunctionRule.of(
            1,
            Entry.of(
                "BIT_COUNT(x)", BIGINT, "how many of the 64 bits are set", "BIT_COUNT(7)", "3"),
            arguments -> new Call(Function.BIT_COUNT, List.of(arguments.whole(0)), Typing.BIGINT)));
  }

  private static FunctionRule bits(
      String name, Function function, String meaning, String example, String value) {
    return FunctionRule.of(
        2,
        Entry.of(name + "(x, y)", BIGINT, meaning, example, value),
        arguments ->
            new Call(function, List.of(arguments.whole(0), arguments.whole(1)), Typing.BIGINT));
  }

  /** NULL where the divisor is 0. */
  private static Expression quotient(Arguments arguments) {
    Expression x = arguments.whole(0);
    Expression y = arguments.whole(1);
    Expression zero = new Comparison(Relation.EQUAL, y, new Literal(0L, Typing.BIGINT));
    return new Case(
        List.of(new Case.Branch(zero, Typing.convert(Typing.NULL, Typing.BIGINT))),
        new Call(Function.DIVIDE_BIGINT, List.of(x, y), Typing.BIGINT),
        Typing.BIGINT);
  }

  private static Expression abs(Arguments arguments) {
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
  private static Expression sign(Arguments arguments) {
    Expression x = arguments.number(0);
    return Typing.isExact(x.type())
        ? new Call(Function.SIGN_BIGINT, List.of(x), Typing.INTEGER)
        : new Call(Function.SIGN_DOUBLE, List.of(x), Typing.DOUBLE);
  }

  private static Expression modulo(Arguments arguments) {
    return new Operators(arguments.binder())
        .arithmetic(Operator.MODULO, arguments.call(), arguments.number(0), arguments.number(1));
  }

  private static Expression floor(Arguments arguments) {
    return toWhole(arguments, Function.FLOOR_DECIMAL, Function.FLOOR_DOUBLE);
  }

  private static Expression ceil(Arguments arguments) {
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

  private static Expression round(Arguments arguments) {
    return toDigits(
        arguments, Function.ROUND_BIGINT, Function.ROUND_DECIMAL, Function.ROUND_DOUBLE);
  }

  private static Expression truncate(Arguments arguments) {
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
