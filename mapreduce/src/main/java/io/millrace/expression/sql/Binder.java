package io.millrace.expression.sql;

import io.millrace.expression.runtime.ZoneCalendar;
import io.millrace.expression.tree.Conversion;
import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Attempt;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.ColumnReference;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.IsNull;
import io.millrace.expression.tree.Expression.IsTrue;
import io.millrace.expression.tree.Expression.Not;
import io.millrace.expression.tree.Expression.Shorten;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;

/** Gives each node of a syntax tree its meaning: columns by name, types, conversions. */
final class Binder {
  private final SqlText sql;
  private final RowType scope;
  private final Literals literals;
  private final Operators operators;
  private final TimeParts times;
  private final Functions functions;

  Binder(SqlText sql, RowType scope, ZoneCalendar calendar) {
    this.sql = sql;
    this.scope = scope;
    this.literals = new Literals(calendar);
    this.operators = new Operators(this);
    this.times = new TimeParts(this);
    this.functions = new Functions(this);
  }

  Expression bind(SqlNode node) {
    if (node instanceof SqlIdentifier identifier) {
      return column(identifier);
    } else if (node instanceof SqlLiteral literal) {
      return literals.bind(literal);
    } else if (node instanceof SqlCase choice) {
      return choice(choice);
    } else if (node instanceof SqlCall call) {
      return call(call);
    }
    throw SqlProblem.at(node, "Cannot use " + show(node) + " here");
  }

  private Expression call(SqlCall call) {
    SqlKind kind = call.getKind();
    if (kind.belongsTo(SqlKind.QUERY) || kind == SqlKind.EXISTS) {
      throw SqlProblem.at(call, "Cannot use a sub-query: an expression sees one record at a time");
    }
    return switch (kind) {
      case AND -> operators.junction(call, true);
      case OR -> operators.junction(call, false);
      case NOT -> new Not(condition(call.operand(0)));
      case IS_NULL -> new IsNull(bind(call.operand(0)));
      case IS_NOT_NULL -> new Not(new IsNull(bind(call.operand(0))));
      case IS_TRUE -> new IsTrue(condition(call.operand(0)));
      case IS_NOT_TRUE -> new Not(new IsTrue(condition(call.operand(0))));
      case IS_FALSE -> new IsTrue(new Not(condition(call.operand(0))));
      case IS_NOT_FALSE -> new Not(new IsTrue(new Not(condition(call.operand(0)))));
      case EQUALS -> compare(call, Relation.EQUAL);
      case NOT_EQUALS -> compare(call, Relation.NOT_EQUAL);
      case LESS_THAN -> compare(call, Relation.LESS);
      case LESS_THAN_OR_EQUAL -> compare(call, Relation.LESS_OR_EQUAL);
      case GREATER_THAN -> compare(call, Relation.GREATER);
      case GREATER_THAN_OR_EQUAL -> compare(call, Relation.GREATER_OR_EQUAL);
      case IS_DISTINCT_FROM -> operators.isDistinct(call.operand(0), call.operand(1));
      case IS_NOT_DISTINCT_FROM -> new Not(operators.isDistinct(call.operand(0), call.operand(1)));
      case BETWEEN -> operators.between(call);
      case IN -> operators.in(call);
      case NOT_IN -> new Not(operators.in(call));
      case LIKE, SIMILAR, RLIKE -> new Patterns(this).like(call);
      case PLUS, MINUS -> sum(call);
      case TIMES, DIVIDE, MOD ->
          operators.arithmetic(call, bind(call.operand(0)), bind(call.operand(1)));
      case MINUS_PREFIX -> operators.negate(call.operand(0));
      case PLUS_PREFIX -> number(call.operand(0));
      case CAST -> cast(call);
      case SAFE_CAST -> attemptedCast(call);
      case EXTRACT -> times.extract(call);
      case FLOOR, CEIL -> call.operandCount() == 2 ? times.floor(call) : functions.bind(call);
      case TIMESTAMP_DIFF -> new TimeArithmetic(this, times).difference(call);
      case TIMESTAMP_ADD -> new TimeArithmetic(this, times).add(call);
      case ROW ->
          throw SqlProblem.at(call, "Cannot use several values in one place: " + show(call));
      default -> functions.bind(call);
    };
  }

  private Expression compare(SqlCall call, Relation relation) {
    return operators.compare(relation, call.operand(0), call.operand(1));
  }

  /** Sums and differences of numbers, of times and intervals, or of days. */
  private Expression sum(SqlCall call) {
    if (TimeArithmetic.isInterval(call.operand(0)) || TimeArithmetic.isInterval(call.operand(1))) {
      return new TimeArithmetic(this, times).shift(call);
    }
    // bound once: binding twice would take time exponential in the length of a sum
    Expression left = bind(call.operand(0));
    Expression right = bind(call.operand(1));
    return TimeArithmetic.isDate(left) || TimeArithmetic.isDate(right)
        ? new TimeArithmetic(this, times).days(call, left, right)
        : operators.arithmetic(call, left, right);
  }

  TimeParts times() {
    return times;
  }

  private Expression column(SqlIdentifier identifier) {
    if (!identifier.isSimple()) {
      throw SqlProblem.at(
          identifier,
          "Cannot use " + show(identifier) + ": columns have plain names, without a dot");
    }
    String name = identifier.getSimple();
    boolean isQuoted = identifier.isComponentQuoted(0);
    if (!isQuoted && Functions.isRefused(name)) {
      String remedy = scope.has(name) ? "; to mean the column, quote it: \"" + name + "\"" : "";
      throw SqlProblem.at(identifier, Functions.refusal(name) + remedy);
    }
    if (!isQuoted && name.equalsIgnoreCase(SplitAggregates.WINDOW_END) && !scope.has(name)) {
      name = SplitAggregates.WINDOW_END;
      if (!scope.has(name)) {
        throw SqlProblem.at(
            identifier,
            "Cannot use WINDOW_END here: it stands under features, outside of aggregates");
      }
    }
    if (!scope.has(name)) {
      throw SqlProblem.at(
          identifier,
          "Cannot find column "
              + name
              + (isQuoted ? ": text is written in single quotes, '" + name + "'" : "")
              + nearest(name)
                  .map(nearest -> (isQuoted ? "; or" : ":") + " did you mean " + nearest + "?")
                  .orElse((isQuoted ? "; " : ": ") + "columns are " + shortList(scope.names())));
    }
    return new ColumnReference(name, scope.column(name).type());
  }

  /** The column that may be meant: nearly of the name, or with a part before or behind it. */
  private Optional<String> nearest(String name) {
    return Spelling.nearest(name, scope.names())
        .or(() -> first(column -> name.endsWith("_" + column)))
        .or(() -> first(column -> column.startsWith(name + "_")));
  }

  private Optional<String> first(Predicate<String> condition) {
    return scope.names().stream().filter(condition).findFirst();
  }

  private static String shortList(List<String> names) {
    int shown = 20;
    return String.join(", ", names.subList(0, Math.min(shown, names.size())))
        + (names.size() > shown ? ", …" : "");
  }

  /** CASE WHEN and, as the parser has turned it into equalities, CASE x WHEN. */
  private Expression choice(SqlCase choice) {
    List<SqlNode> nodes = new ArrayList<>(choice.getThenOperands());
    SqlNode otherwise = choice.getElseOperand();
    if (otherwise != null) {
      nodes.add(otherwise);
    }
    SqlNodeList conditions = choice.getWhenOperands();
    List<Expression> bound = new ArrayList<>();
    for (SqlNode condition : conditions) {
      bound.add(condition(condition));
    }
    List<Expression> values = bindToCommonType(nodes, "CASE cannot give both");
    List<Case.Branch> branches = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      branches.add(new Case.Branch(bound.get(i), values.get(i)));
    }
    ColumnType type = values.get(0).type().withNullable(false);
    Expression last =
        otherwise == null ? Typing.convert(Typing.NULL, type) : values.get(values.size() - 1);
    return new Case(branches, last, type);
  }

  /** Binds values and widens them to a type that holds all. */
  List<Expression> bindToCommonType(List<SqlNode> nodes, String problem) {
    List<Expression> values = nodes.stream().map(this::bind).toList();
    Optional<ColumnType> common = Typing.common(values);
    if (common.isEmpty()) {
      for (int i = 1; ; i++) {
        if (Typing.common(values.subList(0, i + 1)).isEmpty()) {
          String both =
              describe(nodes.get(0), values.get(0))
                  + " and "
                  + describe(nodes.get(i), values.get(i));
          throw SqlProblem.at(nodes.get(i), problem + " " + both + ": CAST one of them");
        }
      }
    }
    ColumnType type = common.get();
    return values.stream().map(value -> Typing.convert(value, type)).toList();
  }

  private Expression attemptedCast(SqlCall call) {
    String name = call.getOperator().getName();
    if (!name.equals("TRY_CAST")) {
      throw SqlProblem.at(call, "Cannot use " + name + ": write TRY_CAST(x AS type)");
    }
    Expression converted = convert(call);
    return converted instanceof Expression.Convert || converted instanceof Shorten
        ? new Attempt(converted, Attempt.Extent.LAST_STEP)
        : converted;
  }

  private Expression cast(SqlCall call) {
    if (!(call instanceof SqlBasicCall) || !call.getOperator().getName().equals("CAST")) {
      throw SqlProblem.at(
          call, "Cannot use " + call.getOperator().getName() + ": write CAST(x AS type)");
    }
    return convert(call);
  }

  private Expression convert(SqlCall call) {
    Expression value = bind(call.operand(0));
    SqlDataTypeSpec spec = call.operand(1);
    ColumnType type = TypeNames.bind(spec, value.type());
    if (Typing.isUntyped(value)) {
      return Typing.convert(value, type);
    }
    if (!Conversion.isAllowed(value.type(), type)) {
      throw SqlProblem.at(
          call.operand(0),
          "Cannot cast " + describe(call.operand(0), value) + " to " + type.sqlName());
    }
    Expression converted =
        value.type().kind() == type.kind() && type.kind() != Kind.DECIMAL
            ? value
            : Typing.convert(value, type);
    return TypeNames.length(spec)
        .<Expression>map(length -> new Shorten(converted, length))
        .orElse(converted);
  }

  /** Binds what must be BOOLEAN. */
  Expression condition(SqlNode node) {
    Expression value = bind(node);
    if (value.type().kind() != Kind.BOOLEAN) {
      throw SqlProblem.at(
          node, "Expected a condition, but " + describe(node, value) + " is not BOOLEAN");
    }
    return value;
  }

  /** Binds what must be a number. */
  Expression number(SqlNode node) {
    return number(node, bind(node));
  }

  /** The same for what is bound already. */
  Expression number(SqlNode node, Expression value) {
    if (Typing.isUntyped(value)) {
      return Typing.convert(value, Typing.INTEGER);
    }
    if (!value.type().kind().isNumeric()) {
      throw SqlProblem.at(
          node, "Expected a number, but found " + describe(node, value) + remedy(value));
    }
    return value;
  }

  private static String remedy(Expression value) {
    return switch (value.type().kind()) {
      case STRING -> ": write CAST(… AS DOUBLE) or another type of number";
      case BOOLEAN -> ": write CASE WHEN … THEN 1 ELSE 0 END";
      case DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          ": write TIMESTAMPDIFF(DAY, …, …) for a difference, + INTERVAL '1' DAY for a sum";
      default -> "";
    };
  }

  boolean hasFunction(String name) {
    return functions.has(name);
  }

  /** {@code amount (DOUBLE)}. */
  String describe(SqlNode node, Expression value) {
    return show(node) + " (" + (Typing.isUntyped(value) ? "NULL" : value.type().sqlName()) + ")";
  }

  String show(SqlNode node) {
    return sql.show(node);
  }
}
