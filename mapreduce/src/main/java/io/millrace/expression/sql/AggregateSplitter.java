package io.millrace.expression.sql;

import io.millrace.expression.sql.SplitAggregates.Argument;
import io.millrace.expression.sql.SplitAggregates.Call;
import io.millrace.expression.sql.SplitAggregates.ResultTypes;
import io.millrace.expression.tree.Expression;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Splits an expression at its aggregate calls: each becomes a column {@code $i}, and {@code AVG(x)}
 * the quotient of two.
 */
final class AggregateSplitter extends SqlShuttle {
  private static final String MEAN = "AVG";
  private static final String MEAN_SUM = "SUM_DOUBLE";
  private static final String SUM = "SUM";
  private static final String COUNT = "COUNT";
  private static final Set<Kind> DOUBLES = Set.of(Kind.FLOAT, Kind.DOUBLE);

  private final SqlText sql;
  private final RowType scope;
  private final Binder binder;
  private final Set<String> functions;
  private final ResultTypes types;
  private final List<Call> calls = new ArrayList<>();
  private final List<Column> results = new ArrayList<>();
  private final Map<Integer, Replacement> replacements = new TreeMap<>();

  private record Replacement(int end, String text) {}

  AggregateSplitter(
      SqlText sql, RowType scope, Binder binder, Set<String> functions, ResultTypes types) {
    this.sql = sql;
    this.scope = scope;
    this.binder = binder;
    this.functions = functions;
    this.types = types;
  }

  List<Call> calls() {
    return calls;
  }

  RowType results() {
    return new RowType("aggregates", results);
  }

  /** The text with {@code $i} in place of the calls. */
  String finishSql() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Map.Entry<Integer, Replacement> entry : replacements.entrySet()) {
      text.append(sql.text(), at, entry.getKey()).append(entry.getValue().text());
      at = entry.getValue().end();
    }
    return text.append(sql.text().substring(at)).toString();
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.getKind() == SqlKind.FILTER) {
      throw SqlProblem.at(call, "Cannot use FILTER: write SUM(CASE WHEN … THEN x END)");
    }
    if (call.getKind() == SqlKind.OVER || call.getKind().belongsTo(SqlKind.QUERY)) {
      return call;
    }
    if (!isAggregate(name)) {
      if (call.getOperator() instanceof SqlUnresolvedFunction && !binder.hasFunction(name)) {
        throw SqlProblem.at(call, "Cannot use " + name + remedy(name));
      }
      return super.visit(call);
    }
    SqlNode replacement = name.equals(MEAN) ? mean(call) : result(call, name);
    SqlParserPos position = call.getParserPosition();
    replacements.put(
        sql.offset(position.getLineNum(), position.getColumnNum()),
        new Replacement(
            sql.offset(position.getEndLineNum(), position.getEndColumnNum()) + 1,
            replacement instanceof SqlIdentifier identifier
                ? identifier.getSimple()
                : "(" + shown(replacement) + ")"));
    return replacement;
  }

  private boolean isAggregate(String name) {
    return name.equals(MEAN) || (functions.contains(name) && !name.equals(MEAN_SUM));
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(functions);
    names.add(MEAN);
    names.remove(MEAN_SUM);
    return names;
  }

  private String remedy(String name) {
    return Spelling.nearest(name, names())
        .map(nearest -> ": did you mean " + nearest + "?")
        .orElse(": aggregates are " + String.join(", ", names()));
  }

  private static String shown(SqlNode quotient) {
    SqlCall call = (SqlCall) quotient;
    return call.operand(0) + " / " + call.operand(1);
  }

  private SqlNode mean(SqlCall call) {
    if (isStar(call)) {
      throw SqlProblem.at(call, "AVG takes a number: only COUNT can be written with *");
    }
    return SqlStdOperatorTable.DIVIDE.createCall(
        call.getParserPosition(), result(call, MEAN_SUM), result(call, COUNT));
  }

  /** The column that holds the result of a call. */
  private SqlIdentifier result(SqlCall call, String function) {
    Optional<Argument> argument = argument(call, function);
    Object quantifier =
        call.getFunctionQuantifier() == null ? null : call.getFunctionQuantifier().getValue();
    Call aggregate =
        new Call(stored(function, argument), argument, quantifier == SqlSelectKeyword.DISTINCT);
    int index = calls.indexOf(aggregate);
    if (index < 0) {
      index = calls.size();
      calls.add(aggregate);
      results.add(new Column("$" + index, type(call, function, argument)));
    }
    return new SqlIdentifier("$" + index, call.getParserPosition());
  }

  private ColumnType type(SqlCall call, String function, Optional<Argument> argument) {
    try {
      return types.of(function, argument.map(value -> value.tree().type()).stream().toList());
    } catch (IllegalArgumentException e) {
      throw SqlProblem.at(call, String.valueOf(e.getMessage()).replace(MEAN_SUM, MEAN));
    }
  }

  /** Where the sum of doubles is asked for too, AVG shares it. */
  private static String stored(String function, Optional<Argument> argument) {
    boolean isDouble =
        argument.map(value -> value.tree().type().kind()).filter(DOUBLES::contains).isPresent();
    return function.equals(MEAN_SUM) && isDouble ? SUM : function;
  }

  private Optional<Argument> argument(SqlCall call, String function) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.operandCount() != 1) {
      throw SqlProblem.at(
          call, name + " takes one argument, but has " + call.operandCount() + " here");
    }
    if (isStar(call)) {
      if (!function.equals(COUNT) || call.getFunctionQuantifier() != null) {
        throw SqlProblem.at(call, "Only COUNT(*) can be written with *");
      }
      return Optional.empty();
    }
    call.operand(0).accept(new NestedAggregates());
    Expression tree = binder.bind(call.operand(0));
    return Optional.of(new Argument(tree, sql.part(call.operand(0))));
  }

  private static boolean isStar(SqlCall call) {
    return call.operandCount() == 1
        && call.operand(0) instanceof SqlIdentifier identifier
        && identifier.isStar();
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier identifier) {
    String name = identifier.toString();
    boolean isQuoted = identifier.isSimple() && identifier.isComponentQuoted(0);
    if (!isQuoted && Functions.isRefused(name)) {
      throw SqlProblem.at(identifier, Functions.refusal(name));
    }
    if (scope.has(name)) {
      throw SqlProblem.at(
          identifier,
          "Cannot use column "
              + name
              + " outside an aggregate: write "
              + String.join(", ", names())
              + " around it");
    }
    binder.bind(identifier);
    return identifier;
  }

  /** Refuses aggregates of aggregates. */
  private final class NestedAggregates extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
      if (isAggregate(name)) {
        throw SqlProblem.at(call, "Cannot use " + name + " inside another aggregate");
      }
      return super.visit(call);
    }
  }
}
