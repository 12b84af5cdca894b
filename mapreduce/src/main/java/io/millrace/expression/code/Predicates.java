package io.millrace.expression.code;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.In;
import io.millrace.expression.tree.Expression.IsDistinct;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Matches;
import io.millrace.row.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what compares values. */
final class Predicates {
  /** Longer IN lists are looked up in a set. */
  static final int MAX_LISTED = 16;

  private final ExpressionWriter writer;
  private final Members members;
  private final MethodBody body;

  Predicates(ExpressionWriter writer, Members members, MethodBody body) {
    this.writer = writer;
    this.members = members;
    this.body = body;
  }

  Value comparison(Comparison comparison) {
    Value left = writer.write(comparison.left());
    Value right = writer.write(comparison.right());
    String java =
        relation(
            comparison.relation(),
            comparison.left(),
            left.java(),
            comparison.right(),
            right.java());
    return writer.computed(Kind.BOOLEAN, List.of(left, right), java);
  }

  Value isDistinct(IsDistinct distinct) {
    Value left = writer.write(distinct.left());
    Value right = writer.write(distinct.right());
    String differ =
        relation(Relation.NOT_EQUAL, distinct.left(), left.java(), distinct.right(), right.java());
    if (left.isNull() == null && right.isNull() == null) {
      return Value.notNull(body.declare("boolean", differ));
    }
    String leftIsNull = left.isNull() == null ? "false" : left.isNull();
    String rightIsNull = right.isNull() == null ? "false" : right.isNull();
    String result = body.declare("boolean", leftIsNull + " != " + rightIsNull);
    body.add("if (!%s && !%s) { %s = %s; }".formatted(leftIsNull, rightIsNull, result, differ));
    return Value.notNull(result);
  }

  private static String relation(
      Relation relation, Expression left, String x, Expression right, String y) {
    return switch (left.type().kind()) {
      case STRING -> ofTexts(relation, x, y);
      case BOOLEAN -> ofBooleans(relation, x, y);
      case FLOAT, DOUBLE, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          x + " " + relation.java() + " " + y;
      case INT, LONG, DECIMAL -> {
        int xScale = left.type().scale();
        int yScale = right.type().scale();
        yield xScale == yScale
            ? x + " " + relation.java() + " " + y
            : "Decimals.compare(%s, %s, %s, %s) %s 0"
                .formatted(x, xScale, y, yScale, relation.java());
      }
    };
  }

  private static String ofTexts(Relation relation, String x, String y) {
    return switch (relation) {
      case EQUAL -> "Slices.areEqual(row, " + x + ", " + y + ")";
      case NOT_EQUAL -> "!Slices.areEqual(row, " + x + ", " + y + ")";
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          "Slices.compare(row, " + x + ", " + y + ") " + relation.java() + " 0";
    };
  }

  /** FALSE lies before TRUE. */
  private static String ofBooleans(Relation relation, String x, String y) {
    return switch (relation) {
      case EQUAL, NOT_EQUAL -> x + " " + relation.java() + " " + y;
      case LESS -> "!" + x + " && " + y;
      case LESS_OR_EQUAL -> "!" + x + " || " + y;
      case GREATER -> x + " && !" + y;
      case GREATER_OR_EQUAL -> x + " || !" + y;
    };
  }

  Value in(In in) {
    Value operand = writer.write(in.operand());
    String java =
        in.options().size() > MAX_LISTED ? inSet(in, operand.java()) : inList(in, operand.java());
    return writer.computed(Kind.BOOLEAN, List.of(operand), java);
  }

  private String inList(In in, String operand) {
    return in.options().stream()
        .map(
            option ->
                relation(
                    Relation.EQUAL, in.operand(), operand, option, writer.write(option).java()))
        .collect(Collectors.joining(" || "));
  }

  private String inSet(In in, String operand) {
    List<Literal> options = in.options();
    return switch (in.operand().type().kind()) {
      case STRING -> {
        String slice = JavaTypes.literal(members.constants().texts(options));
        yield members.field("TextSet", slice + ", " + options.size())
            + ".contains(row, "
            + operand
            + ")";
      }
      case FLOAT, DOUBLE -> numberSet(options) + ".containsDouble(row, " + operand + ")";
      case INT, LONG, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          numberSet(options) + ".contains(row, " + operand + ")";
      case BOOLEAN -> numberSet(options) + ".contains(row, " + operand + " ? 1L : 0L)";
    };
  }

  private String numberSet(List<Literal> options) {
    return members.field("LongSet", JavaTypes.literal(members.constants().numbers(options)));
  }

  Value matches(Matches matches) {
    Value operand = writer.write(matches.operand());
    String className =
        switch (matches.language()) {
          case LIKE -> "LikePattern";
          case REGULAR_EXPRESSION -> "RegularExpression";
        };
    String pattern = JavaTypes.literal(members.constants().text(matches.pattern()));
    String field = members.field(className, pattern);
    return writer.computed(
        Kind.BOOLEAN, List.of(operand), field + ".matches(row, " + operand.java() + ")");
  }
}
