package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import java.util.List;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlNode;

/** The arguments of one function call, bound to what the function takes. */
record Arguments(Binder binder, String function, SqlNode call, List<SqlNode> nodes) {
  int size() {
    return nodes.size();
  }

  SqlNode node(int index) {
    return nodes.get(index);
  }

  Expression text(int index) {
    return typed(index, Typing.VARCHAR, "text");
  }

  /** A whole number as BIGINT. */
  Expression whole(int index) {
    Expression value = number(index);
    if (!Typing.isWhole(value.type())) {
      throw mismatch(index, value, "a whole number");
    }
    return Typing.convert(value, Typing.BIGINT);
  }

  /** A whole number that is written down; empty where it is computed. */
  OptionalLong constant(int index) {
    return whole(index) instanceof Literal literal
        ? OptionalLong.of((Long) literal.value())
        : OptionalLong.empty();
  }

  Expression number(int index) {
    Expression value = binder.bind(nodes.get(index));
    if (Typing.isUntyped(value)) {
      return Typing.convert(value, Typing.INTEGER);
    }
    if (!value.type().kind().isNumeric()) {
      throw mismatch(index, value, "a number");
    }
    return value;
  }

  Expression asDouble(int index) {
    return Typing.convert(number(index), Typing.DOUBLE);
  }

  /** All arguments, widened to a type that holds each. */
  List<Expression> common() {
    return binder.bindToCommonType(nodes, function + " cannot take both");
  }

  private Expression typed(int index, ColumnType type, String expected) {
    Expression value = binder.bind(nodes.get(index));
    if (Typing.isUntyped(value)) {
      return Typing.convert(value, type);
    }
    if (value.type().kind() != type.kind()) {
      throw mismatch(index, value, expected);
    }
    return value;
  }

  SqlProblem mismatch(int index, Expression value, String expected) {
    SqlNode node = nodes.get(index);
    String target = expected.equals("text") ? "VARCHAR" : "a type of number";
    boolean castHelps = expected.equals("text") || value.type().kind() == Kind.STRING;
    return SqlProblem.at(
        node,
        "%s takes %s, but found %s%s"
            .formatted(
                function,
                expected,
                binder.describe(node, value),
                castHelps ? ": CAST it to " + target : ""));
  }
}
