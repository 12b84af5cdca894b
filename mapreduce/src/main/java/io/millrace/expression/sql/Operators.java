package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.And;
import io.millrace.expression.tree.Expression.Arithmetic;
import io.millrace.expression.tree.Expression.Arithmetic.Operator;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.In;
import io.millrace.expression.tree.Expression.IsDistinct;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Not;
import io.millrace.expression.tree.Expression.Null;
import io.millrace.expression.tree.Expression.Or;
import io.millrace.expression.tree.Function;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;

/** Logic, comparisons and arithmetic. */
final class Operators {
  private final Binder binder;

  Operators(Binder binder) {
    this.binder = binder;
  }

  /** AND or OR of all operands of a chain. */
  Expression junction(SqlCall call, boolean isAnd) {
    List<Expression> operands = new ArrayList<>();
    collect(call, call.getKind(), operands);
    return isAnd ? new And(operands) : new Or(operands);
  }

  private void collect(SqlNode node, SqlKind kind, List<Expression> operands) {
    if (node.getKind() == kind && node instanceof SqlCall call) {
      call.getOperandList().forEach(operand -> collect(operand, kind, operands));
    } else {
      operands.add(binder.condition(node));
    }
  }

  Expression compare(Relation relation, SqlNode leftNode, SqlNode rightNode) {
    return compare(relation, leftNode, binder.bind(leftNode), rightNode, binder.bind(rightNode));
  }

  /** Compares what is bound already. */
  Expression compare(
      Relation relation, SqlNode leftNode, Expression left, SqlNode rightNode, Expression right) {
    List<Expression> pair = comparable(leftNode, left, rightNode, right);
    return new Comparison(relation, pair.get(0), pair.get(1));
  }

  Expression isDistinct(SqlNode leftNode, SqlNode rightNode) {
    List<Expression> pair =
        comparable(leftNode, binder.bind(leftNode), rightNode, binder.bind(rightNode));
    return new IsDistinct(pair.get(0), pair.get(1));
  }

  /** Both values, converted so that they can be compared: exact numbers stay as they are. */
  private List<Expression> comparable(
      SqlNode leftNode, Expression left, SqlNode rightNode, Expression right) {
    Optional<ColumnType> common = Typing.common(List.of(left, right));
    if (common.isEmpty()) {
      SqlNode blamed = left instanceof Literal ? leftNode : rightNode;
      throw SqlProblem.at(
          blamed,
          "Cannot compare %s with %s%s"
              .formatted(
                  binder.describe(leftNode, left),
                  binder.describe(rightNode, right),
                  remedy(left, right)));
    }
    if (Typing.isExact(common.get()) && !(left instanceof Null) && !(right instanceof Null)) {
      return List.of(left, right);
    }
    return List.of(Typing.convert(left, common.get()), Typing.convert(right, common.get()));
  }

  private static String remedy(Expression left, Expression right) {
    Expression text = left.type().kind() == Kind.STRING ? left : right;
    Expression other = text == left ? right : left;
    Kind kind = other.type().kind();
    if (text.type().kind() == Kind.STRING && text instanceof Literal literal) {
      String value = "'" + literal.value() + "'";
      if (kind.isNumeric()) {
        return ": write the number without quotes";
      }
      if (kind.isTimestamp() || kind == Kind.DATE) {
        String example =
            kind == Kind.DATE ? "DATE '2026-11-21'" : "TIMESTAMP '2026-11-21 00:00:00'";
        return ": " + value + " is text; write it like " + example;
      }
    }
    if ((kind.isTimestamp() && text.type().kind() == Kind.DATE)
        || (kind == Kind.DATE && text.type().kind().isTimestamp())) {
      return ": write CAST(… AS DATE) for the day of a TIMESTAMP";
    }
    if (text.type().kind() == Kind.STRING && other instanceof Literal && kind.isNumeric()) {
      return ": put quotes around the number, or CAST the text";
    }
    return ": CAST one of them";
  }

  Expression between(SqlCall call) {
    SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
    SqlNode value = call.operand(0);
    Expression within = within(value, call.operand(1), call.operand(2));
    if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
      within = new Or(List.of(within, within(value, call.operand(2), call.operand(1))));
    }
    return operator.isNegated() ? new Not(within) : within;
  }

  private Expression within(SqlNode value, SqlNode low, SqlNode high) {
    return new And(
        List.of(
            compare(Relation.GREATER_OR_EQUAL, value, low),
            compare(Relation.LESS_OR_EQUAL, value, high)));
  }

  Expression in(SqlCall call) {
    if (!(call.operand(1) instanceof SqlNodeList list)) {
      throw SqlProblem.at(
          call.operand(1), "Cannot use a sub-query: write the values of IN as a list");
    }
    SqlNode value = call.operand(0);
    Expression operand = binder.bind(value);
    Set<Literal> literals = new LinkedHashSet<>();
    List<Expression> others = new ArrayList<>();
    for (SqlNode option : list) {
      Comparison equal =
          (Comparison) compare(Relation.EQUAL, value, operand, option, binder.bind(option));
      Expression same = Typing.convert(equal.right(), operand.type().withNullable(false));
      if (equal.left().equals(operand) && same instanceof Literal literal) {
        literals.add(literal);
      } else {
        others.add(equal);
      }
    }
    if (!literals.isEmpty()) {
      others.add(0, new In(operand, List.copyOf(literals)));
    }
    return others.size() == 1 ? others.get(0) : new Or(others);
  }

  /** The operator of a call, on operands that are bound. */
  Expression arithmetic(SqlCall call, Expression left, Expression right) {
    Operator operator =
        switch (call.getKind()) {
          case PLUS -> Operator.PLUS;
          case MINUS -> Operator.MINUS;
          case TIMES -> Operator.TIMES;
          case DIVIDE -> Operator.DIVIDE;
          default -> Operator.MODULO;
        };
    return arithmetic(
        operator,
        call,
        binder.number(call.operand(0), left),
        binder.number(call.operand(1), right));
  }

  Expression arithmetic(Operator operator, SqlNode node, Expression left, Expression right) {
    ColumnType type = resultType(operator, node, left.type(), right.type());
    boolean scalesMayDiffer = operator == Operator.TIMES && type.kind() == Kind.DECIMAL;
    Expression x = scalesMayDiffer ? left : Typing.convert(left, type);
    Expression y = scalesMayDiffer ? right : Typing.convert(right, type);
    boolean dividesByZero =
        (operator == Operator.DIVIDE || operator == Operator.MODULO)
            && !(y instanceof Literal literal && ((Number) literal.value()).doubleValue() != 0);
    return new Arithmetic(
        operator,
        x,
        y,
        type.withNullable(dividesByZero || x.type().nullable() || y.type().nullable()));
  }

  private static ColumnType resultType(
      Operator operator, SqlNode node, ColumnType left, ColumnType right) {
    if (operator == Operator.DIVIDE || !Typing.isExact(left) || !Typing.isExact(right)) {
      return Typing.DOUBLE;
    }
    if (left.kind() != Kind.DECIMAL && right.kind() != Kind.DECIMAL) {
      return left.kind() == Kind.INT && right.kind() == Kind.INT ? Typing.INTEGER : Typing.BIGINT;
    }
    int whole = Math.max(Typing.wholeDigits(left), Typing.wholeDigits(right));
    int scale = Math.max(left.scale(), right.scale());
    if (operator == Operator.TIMES) {
      whole = Typing.wholeDigits(left) + Typing.wholeDigits(right);
      scale = left.scale() + right.scale();
    } else if (operator != Operator.MODULO) {
      whole++;
    }
    if (scale > ColumnType.MAX_DECIMAL_PRECISION) {
      throw SqlProblem.at(
          node,
          "The product of %s and %s has %d digits after the point: CAST one of them to DOUBLE"
              .formatted(left.sqlName(), right.sqlName(), scale));
    }
    return Typing.cappedDecimal(whole + scale, scale);
  }

  Expression negate(SqlNode node) {
    Expression value = binder.number(node);
    if (value instanceof Literal literal) {
      BigDecimal number =
          literal.value() instanceof Double approximate
              ? BigDecimal.valueOf(approximate)
              : BigDecimal.valueOf((Long) literal.value(), value.type().scale());
      return value.type().kind() == Kind.DOUBLE
          ? new Literal(-number.doubleValue(), Typing.DOUBLE)
          : Literals.number(number.negate(), node);
    }
    Function function =
        switch (value.type().kind()) {
          case INT -> Function.NEGATE_INTEGER;
          case LONG, DECIMAL -> Function.NEGATE_BIGINT;
          default -> Function.NEGATE_DOUBLE;
        };
    return new Call(function, List.of(value), value.type());
  }
}
