package io.millrace.expression.code;

import io.millrace.expression.tree.Expression.Arithmetic;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.Arrays;
import java.util.List;

/** Writes {@code + - * /} and MOD. */
final class ArithmeticWriter {
  private final ExpressionWriter writer;
  private final MethodBody body;

  ArithmeticWriter(ExpressionWriter writer, MethodBody body) {
    this.writer = writer;
    this.body = body;
  }

  Value write(Arithmetic arithmetic) {
    Value left = writer.write(arithmetic.left());
    Value right = writer.write(arithmetic.right());
    return switch (arithmetic.operator()) {
      case PLUS -> checked(arithmetic.type(), "add", "+", left, right);
      case MINUS -> checked(arithmetic.type(), "subtract", "-", left, right);
      case TIMES -> checked(arithmetic.type(), "multiply", "*", left, right);
      case DIVIDE, MODULO -> divided(arithmetic, left, right);
    };
  }

  private Value checked(ColumnType type, String method, String operator, Value left, Value right) {
    String operands = left.java() + ", " + right.java();
    List<Value> both = List.of(left, right);
    return switch (type.kind()) {
      case FLOAT, DOUBLE ->
          new Value(
              body.declare("double", left.java() + " " + operator + " " + right.java()),
              writer.anyNull(Arrays.asList(left.isNull(), right.isNull())));
      case INT ->
          writer.computed(Kind.INT, both, "Numbers." + method + "Integer(" + operands + ")");
      case LONG, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          writer.computed(Kind.LONG, both, "Numbers." + method + "Bigint(" + operands + ")");
      case DECIMAL ->
          writer.computed(
              Kind.DECIMAL,
              both,
              "Decimals.%s(%s, %s, %s)"
                  .formatted(method, operands, type.precision(), type.scale()));
      case BOOLEAN, DATE, STRING -> throw new IllegalStateException("no arithmetic on " + type);
    };
  }

  /** What is divided by 0 is NULL. */
  private Value divided(Arithmetic arithmetic, Value left, Value right) {
    boolean isNeverZero =
        arithmetic.right() instanceof Literal literal
            && ((Number) literal.value()).doubleValue() != 0;
    String zero =
        isNeverZero
            ? null
            : body.declare(
                "boolean", right.java() + " == " + JavaTypes.blank(arithmetic.type().kind()));
    String isNull = writer.anyNull(Arrays.asList(left.isNull(), right.isNull(), zero));
    String operator = arithmetic.operator() == Arithmetic.Operator.DIVIDE ? " / " : " % ";
    return writer.computed(
        arithmetic.type().kind(),
        List.of(new Value(left.java(), isNull)),
        left.java() + operator + right.java());
  }
}
