package io.millrace.expression.code;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.And;
import io.millrace.expression.tree.Expression.Arithmetic;
import io.millrace.expression.tree.Expression.Attempt;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.Coalesce;
import io.millrace.expression.tree.Expression.ColumnReference;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Convert;
import io.millrace.expression.tree.Expression.In;
import io.millrace.expression.tree.Expression.IsDistinct;
import io.millrace.expression.tree.Expression.IsNull;
import io.millrace.expression.tree.Expression.IsTrue;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Matches;
import io.millrace.expression.tree.Expression.Not;
import io.millrace.expression.tree.Expression.Null;
import io.millrace.expression.tree.Expression.Or;
import io.millrace.expression.tree.Expression.Prepared;
import io.millrace.expression.tree.Expression.Shorten;
import io.millrace.row.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the statements that compute one expression. */
final class ExpressionWriter {
  /** HotSpot leaves methods above 8000 bytes uncompiled; a node takes 10 to 25 bytes. */
  private static final int MAX_NODES = 250;

  private final Members members;
  private final MethodBody body;
  private final Predicates predicates;
  private final Choices choices;

  ExpressionWriter(Members members, MethodBody body) {
    this.members = members;
    this.body = body;
    this.predicates = new Predicates(this, members, body);
    this.choices = new Choices(this, body);
  }

  /** Writes what computes an expression, unless it is there already, and says where it is. */
  Value write(Expression expression) {
    Value known = body.known(expression);
    if (known != null) {
      return known;
    }
    boolean isOutlined = body.nodes() > MAX_NODES && !expression.operands().isEmpty();
    Value value = isOutlined ? outlined(expression) : inlined(expression);
    body.remember(expression, value);
    return value;
  }

  private Value inlined(Expression expression) {
    if (expression instanceof Literal literal) {
      return literal(literal);
    } else if (expression instanceof Null nothing) {
      return new Value(JavaTypes.blank(nothing.type().kind()), "true");
    } else if (expression instanceof ColumnReference column) {
      return column(column);
    } else if (expression instanceof Convert convert) {
      return convert(convert);
    } else if (expression instanceof Shorten shorten) {
      Value text = write(shorten.operand());
      String java = "Texts.shorten(row, " + text.java() + ", " + shorten.characters() + "L)";
      return computed(Kind.STRING, List.of(text), java);
    } else if (expression instanceof Call call) {
      return call(call);
    } else if (expression instanceof Arithmetic arithmetic) {
      return new ArithmeticWriter(this, body).write(arithmetic);
    } else if (expression instanceof Comparison comparison) {
      return predicates.comparison(comparison);
    } else if (expression instanceof IsDistinct distinct) {
      return predicates.isDistinct(distinct);
    } else if (expression instanceof And and) {
      return choices.junction(and.operands(), true);
    } else if (expression instanceof Or or) {
      return choices.junction(or.operands(), false);
    } else if (expression instanceof Not not) {
      Value operand = write(not.operand());
      return new Value(body.declare("boolean", "!" + operand.java()), operand.isNull());
    } else if (expression instanceof IsNull isNull) {
      Value operand = write(isNull.operand());
      return Value.notNull(operand.isNull() == null ? "false" : operand.isNull());
    } else if (expression instanceof IsTrue isTrue) {
      return Value.notNull(body.declare("boolean", write(isTrue.operand()).isTrue()));
    } else if (expression instanceof Case choice) {
      return choices.choice(choice);
    } else if (expression instanceof Coalesce coalesce) {
      return choices.coalesce(coalesce);
    } else if (expression instanceof In in) {
      return predicates.in(in);
    } else if (expression instanceof Matches matches) {
      return predicates.matches(matches);
    } else if (expression instanceof Attempt attempt) {
      return choices.attempt(attempt);
    } else if (expression instanceof Prepared prepared) {
      return prepared(prepared);
    }
    throw new IllegalStateException("no code for " + expression);
  }

  private Value literal(Literal literal) {
    Object value = literal.value();
    if (value instanceof String text) {
      return Value.notNull(JavaTypes.literal(members.constants().text(text)));
    }
    if (value instanceof Double number) {
      return Value.notNull(JavaTypes.literal(number));
    }
    long number = (Long) value;
    return Value.notNull(
        literal.type().kind() == Kind.BOOLEAN
            ? Boolean.toString(number != 0)
            : JavaTypes.literal(number));
  }

  private Value column(ColumnReference column) {
    int slot = members.layout().slot(column.name());
    Kind kind = column.type().kind();
    String java =
        switch (kind.storage()) {
          case LONG -> "row.longs[" + slot + "]" + (kind == Kind.BOOLEAN ? " != 0L" : "");
          case DOUBLE -> "row.doubles[" + slot + "]";
          case SLICE -> "Slices.of(row.offsets[" + slot + "], row.lengths[" + slot + "])";
        };
    String value = body.declare(JavaTypes.of(kind), java);
    boolean isNullable =
        column.type().nullable() || members.layout().columns().get(slot).type().nullable();
    return isNullable
        ? new Value(value, body.declare("boolean", "row.nulls[" + slot + "]"))
        : Value.notNull(value);
  }

  private Value convert(Convert convert) {
    Value operand = write(convert.operand());
    if (Conversions.isSame(convert.operand().type(), convert.type())) {
      return operand;
    }
    return computed(
        convert.type().kind(),
        List.of(operand),
        Conversions.java(operand.java(), convert.operand().type(), convert.type()));
  }

  private Value call(Call call) {
    List<Value> arguments = call.operands().stream().map(this::write).toList();
    String list = arguments.stream().map(Value::java).collect(Collectors.joining(", "));
    String row = call.function().takesRow() ? "row, " : "";
    return computed(call.type().kind(), arguments, call.function().java() + "(" + row + list + ")");
  }

  private Value prepared(Prepared prepared) {
    List<Value> arguments = prepared.operands().stream().map(this::write).toList();
    String list = arguments.stream().map(Value::java).collect(Collectors.joining(", "));
    Prepared.Tool tool = prepared.tool();
    String constant = JavaTypes.literal(members.constants().text(prepared.constant()));
    String java =
        "%s.%s(row, %s%s)"
            .formatted(
                members.field(tool.className(), constant),
                tool.method(),
                list,
                tool.takesCalendar() ? ", calendar" : "");
    Value value = computed(prepared.type().kind(), arguments, java);
    if (!tool.mayGiveNothing()) {
      return value;
    }
    String isNothing = value.java() + " == Slices.NONE";
    return new Value(
        value.java(),
        body.declare(
            "boolean", value.isNull() == null ? isNothing : value.isNull() + " || " + isNothing));
  }

  /** A value that is NULL where an argument is, and is only computed where none is. */
  Value computed(Kind kind, List<Value> arguments, String java) {
    String isNull = anyNull(arguments.stream().map(Value::isNull).toList());
    if (isNull == null) {
      return Value.notNull(body.declare(JavaTypes.of(kind), java));
    }
    if (isNull.equals("true")) {
      return new Value(JavaTypes.blank(kind), isNull);
    }
    String value = body.declare(JavaTypes.of(kind), JavaTypes.blank(kind));
    body.add("if (!" + isNull + ") { " + value + " = " + java + "; }");
    return new Value(value, isNull);
  }

  /** A variable that tells whether any flag is set; null where there are no flags. */
  @Nullable String anyNull(List<@Nullable String> flags) {
    List<String> set = flags.stream().flatMap(Stream::ofNullable).distinct().toList();
    if (set.isEmpty()) {
      return null;
    }
    if (set.contains("true")) {
      return "true";
    }
    return set.size() == 1 ? set.get(0) : body.declare("boolean", String.join(" | ", set));
  }

  /** Writes a method for an expression, and a call of it. */
  private Value outlined(Expression expression) {
    MethodBody part = new MethodBody();
    Value result = new ExpressionWriter(members, part).write(expression);
    part.add("partIsNull = " + (result.isNull() == null ? "false" : result.isNull()) + ";");
    part.add("return " + result.java() + ";");
    String name = members.methodName("part");
    String type = JavaTypes.of(expression.type().kind());
    members.addMethod(type + " " + name + "(Row row)", part);
    String value = body.declare(type, name + "(row)");
    return result.isNull() == null
        ? Value.notNull(value)
        : new Value(value, body.declare("boolean", "partIsNull"));
  }
}
