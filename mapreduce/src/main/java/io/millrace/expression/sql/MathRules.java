package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import java.util.List;
import java.util.stream.IntStream;

/** Functions of DOUBLE. */
final class MathRules {
  private static final String DOUBLE = "DOUBLE";

  private MathRules() {}

  static List<FunctionRule> rules() {
    return List.of(
        of(Function.LN, "LN(x)", "the natural logarithm", "LN(1)", "0.0"),
        of(
            Function.LOG,
            "LOG(base, x)",
            "the logarithm to a base, exact where x is a power of it",
            "LOG(2, 8)",
            "3.0"),
        of(Function.LOG2, "LOG2(x)", "the logarithm to base 2", "LOG2(1024)", "10.0"),
        of(Function.LOG10, "LOG10(x)", "the logarithm to base 10", "LOG10(1000)", "3.0"),
        of(
            Function.LOG1P,
            "LOG1P(x)",
            "LN(1 + x), exact for small x too, as in Spark",
            "LOG1P(1e-20)",
            "1.0E-20"),
        of(Function.EXP, "EXP(x)", "e to the power of x", "EXP(0)", "1.0"),
        of(
            Function.EXPM1,
            "EXPM1(x)",
            "EXP(x) - 1, exact for small x too, as in Spark",
            "EXPM1(1e-20)",
            "1.0E-20"),
        of(Function.SQRT, "SQRT(x)", "the square root", "SQRT(2.25)", "1.5"),
        of(Function.CBRT, "CBRT(x)", "the cube root", "CBRT(-27)", "-3.0"),
        of(
                Function.POWER,
                "POWER(x, y)",
                "x to the power of y; also `POW`",
                "POWER(2, 10)",
                "1024.0")
            .alsoCalled("POW"),
        of(Function.SIN, "SIN(x)", "of an angle in radians", "SIN(0)", "0.0"),
        of(Function.COS, "COS(x)", "of an angle in radians", "COS(0)", "1.0"),
        of(Function.TAN, "TAN(x)", "of an angle in radians", "TAN(0)", "0.0"),
        of(Function.ASIN, "ASIN(x)", "in radians", "ASIN(0)", "0.0"),
        of(Function.ACOS, "ACOS(x)", "in radians", "ACOS(1)", "0.0"),
        of(Function.ATAN, "ATAN(x)", "in radians", "ATAN(0)", "0.0"),
        of(
            Function.ATAN2,
            "ATAN2(y, x)",
            "the angle of the point (x, y), in radians",
            "ATAN2(1, 0)",
            "1.5707963267948966"),
        of(Function.SINH, "SINH(x)", "hyperbolic sine", "SINH(0)", "0.0"),
        of(Function.COSH, "COSH(x)", "hyperbolic cosine", "COSH(0)", "1.0"),
        of(Function.TANH, "TANH(x)", "hyperbolic tangent: between -1 and 1", "TANH(0)", "0.0"),
        of(
            Function.RADIANS,
            "RADIANS(x)",
            "degrees as radians",
            "RADIANS(180)",
            "3.141592653589793"),
        of(Function.DEGREES, "DEGREES(x)", "radians as degrees", "DEGREES(PI())", "180.0"),
        FunctionRule.of(
            0,
            Entry.of("PI()", DOUBLE, "the number π", "PI()", "3.141592653589793"),
            arguments -> new Literal(Math.PI, Typing.DOUBLE)));
  }

  private static FunctionRule of(
      Function function, String usage, String meaning, String example, String value) {
    int count = usage.split(",").length;
    return FunctionRule.of(
        count,
        Entry.of(usage, DOUBLE, meaning, example, value),
        arguments -> call(function, arguments));
  }

  private static Expression call(Function function, Arguments arguments) {
    List<Expression> operands =
        IntStream.range(0, arguments.size()).mapToObj(arguments::asDouble).toList();
    return new Call(function, operands, Typing.DOUBLE);
  }
}
