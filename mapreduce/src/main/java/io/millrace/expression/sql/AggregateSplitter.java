package io.millrace.expression.sql;

import static java.util.Map.entry;

import io.millrace.expression.sql.SplitAggregates.Argument;
import io.millrace.expression.sql.SplitAggregates.Call;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Spelling;
import java.math.BigDecimal;
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
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Splits an expression at its aggregate calls: each becomes a column {@code $i}, and {@code AVG(x)}
 * the quotient of two. {@code FILTER (WHERE c)} is written as a {@code CASE} around the argument.
 */
final class AggregateSplitter extends SqlShuttle {
  private static final String MEAN = "AVG";
  private static final String MEAN_SUM = "SUM_DOUBLE";
  private static final String SUM = "SUM";
  private static final String COUNT = "COUNT";
  private static final Set<Kind> DOUBLES = Set.of(Kind.FLOAT, Kind.DOUBLE);

  /** What other dialects call it, and what it is here. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          entry("MEAN", "AVG(x)"),
          entry("AVERAGE", "AVG(x)"),
          entry("COUNT_IF", "COUNT(*) FILTER (WHERE …)"),
          entry("COUNTIF", "COUNT(*) FILTER (WHERE …)"),
          entry("SUM_IF", "SUM(x) FILTER (WHERE …)"),
          entry("SUMIF", "SUM(x) FILTER (WHERE …)"),
          entry("EVERY", "MIN(x)"),
          entry("BOOL_AND", "MIN(x)"),
          entry("SOME", "MAX(x)"),
          entry("BOOL_OR", "MAX(x)"),
          entry("ANY_VALUE", "MAX(x)"),
          entry("STD", "STDDEV(x)"),
          entry("STDEV", "STDDEV(x)"),
          entry("VAR", "VARIANCE(x)"));

  private final SqlText sql;
  private final RowType scope;
  private final Binder binder;
  private final AggregateTyping typing;
  private final List<Call> calls = new ArrayList<>();
  private final List<Column> results = new ArrayList<>();
  private final Map<Integer, Replacement> replacements = new TreeMap<>();
  private boolean usesWindowEnd;

  private record Replacement(int end, String text) {}

  /** A call as it was written: with its filter, if it has one. */
  private record Written(SqlCall call, Optional<SqlNode> filter) {}

  AggregateSplitter(SqlText sql, RowType scope, Binder binder, AggregateTyping typing) {
    this.sql = sql;
    this.scope = scope;
    this.binder = binder;
    this.typing = typing;
  }

  List<Call> calls() {
    return calls;
  }

  RowType results() {
    List<Column> columns = new ArrayList<>(results);
    if (usesWindowEnd) {
      columns.add(new Column(SplitAggregates.WINDOW_END, ColumnType.of(Kind.TIMESTAMP_MILLIS)));
    }
    return new RowType("aggregates", columns);
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
    if (call.getKind() == SqlKind.FILTER) {
      return filtered(call);
    }
    if (call.getKind() == SqlKind.WITHIN_GROUP) {
      throw SqlProblem.at(call, "Cannot use WITHIN GROUP: write PERCENTILE(x, 0.95)");
    }
    if (call.getKind() == SqlKind.OVER || call.getKind().belongsTo(SqlKind.QUERY)) {
      return call;
    }
    String name = name(call);
    if (!isAggregate(name)) {
      if (call.getOperator() instanceof SqlUnresolvedFunction && !binder.hasFunction(name)) {
        throw SqlProblem.at(call, "Cannot use " + name + remedy(name));
      }
      return super.visit(call);
    }
    return replaced(call, new Written(call, Optional.empty()));
  }

  private SqlNode filtered(SqlCall filter) {
    if (filter.operand(0) instanceof SqlCall unknown
        && unknown.getOperator() instanceof SqlUnresolvedFunction
        && !binder.hasFunction(name(unknown))
        && !isAggregate(name(unknown))) {
      throw SqlProblem.at(unknown, "Cannot use " + name(unknown) + remedy(name(unknown)));
    }
    if (!(filter.operand(0) instanceof SqlCall call) || !isAggregate(name(call))) {
      throw SqlProblem.at(
          filter, "Cannot use FILTER on " + sql.show(filter.operand(0)) + ": it is no aggregate");
    }
    return replaced(filter, new Written(call, Optional.of(filter.operand(1))));
  }

  private SqlNode replaced(SqlCall whole, Written written) {
    SqlNode replacement =
        name(written.call()).equals(MEAN) ? mean(written) : result(written, name(written.call()));
    SqlParserPos position = whole.getParserPosition();
    replacements.put(
        sql.offset(position.getLineNum(), position.getColumnNum()),
        new Replacement(
            sql.end(whole),
            replacement instanceof SqlIdentifier identifier
                ? identifier.getSimple()
                : "(" + shown(replacement) + ")"));
    return replacement;
  }

  private static String name(SqlCall call) {
    return SqlReader.unmasked(call.getOperator().getName().toUpperCase(Locale.ROOT));
  }

  private boolean isAggregate(String name) {
    return names().contains(name);
  }

  /** The functions that may be written. */
  private Set<String> names() {
    return new TreeSet<>(typing.functions());
  }

  private String remedy(String name) {
    String alias = ALIASES.get(name);
    if (alias != null) {
      return ": write " + alias;
    }
    return Spelling.nearest(name, names())
        .map(nearest -> ": did you mean " + nearest + "?")
        .orElse(": aggregates are " + String.join(", ", names()));
  }

  private static String shown(SqlNode quotient) {
    SqlCall call = (SqlCall) quotient;
    return call.operand(0) + " / " + call.operand(1);
  }

  private SqlNode mean(Written written) {
    if (isStar(written.call())) {
      throw SqlProblem.at(written.call(), "AVG takes a number: only COUNT can be written with *");
    }
    return SqlStdOperatorTable.DIVIDE.createCall(
        written.call().getParserPosition(), result(written, MEAN_SUM), result(written, COUNT));
  }

  /** The column that holds the result of a call. */
  private SqlIdentifier result(Written written, String plainFunction) {
    SqlCall call = written.call();
    List<BigDecimal> parameters = new CallParameters(sql, name(call), typing).read(call);
    String function = distinct(call, plainFunction);
    Optional<Argument> argument = argument(written, function);
    ColumnType type = type(call, function, argument, parameters);
    Call aggregate = new Call(stored(function, argument), argument, parameters);
    int index = calls.indexOf(aggregate);
    if (index < 0) {
      index = calls.size();
      calls.add(aggregate);
      results.add(new Column("$" + index, type));
    }
    return new SqlIdentifier("$" + index, call.getParserPosition());
  }

  private String distinct(SqlCall call, String function) {
    SqlLiteral quantifier = call.getFunctionQuantifier();
    if (quantifier == null || quantifier.getValue() != SqlSelectKeyword.DISTINCT) {
      return function;
    }
    return typing
        .distinct(function)
        .orElseThrow(
            () ->
                SqlProblem.at(
                    call,
                    "Cannot use DISTINCT in %s: it works with %s only"
                        .formatted(
                            name(call),
                            String.join(
                                ", ",
                                names().stream()
                                    .filter(name -> typing.distinct(name).isPresent())
                                    .toList()))));
  }

  private ColumnType type(
      SqlCall call, String function, Optional<Argument> argument, List<BigDecimal> parameters) {
    try {
      return typing.resultType(
          function, argument.map(value -> value.tree().type()).stream().toList(), parameters);
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

  private Optional<Argument> argument(Written written, String function) {
    SqlCall call = written.call();
    SqlNode node = call.operand(0);
    String text;
    if (isStar(call)) {
      if (!function.equals(COUNT) || call.getFunctionQuantifier() != null) {
        throw SqlProblem.at(call, "Only COUNT(*) can be written with *");
      }
      if (written.filter().isEmpty()) {
        return Optional.empty();
      }
      node = SqlLiteral.createExactNumeric("1", call.getParserPosition());
      text = "1";
    } else {
      node.accept(new NestedAggregates());
      text = sql.part(node);
    }
    if (written.filter().isPresent()) {
      SqlNode condition = written.filter().get();
      condition.accept(new NestedAggregates());
      text = "CASE WHEN %s THEN %s END".formatted(sql.part(condition), text);
      node =
          new SqlCase(
              call.getParserPosition(),
              null,
              SqlNodeList.of(condition),
              SqlNodeList.of(node),
              SqlLiteral.createNull(call.getParserPosition()));
    }
    return Optional.of(new Argument(binder.bind(node), text));
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
    if (!isQuoted && name.equalsIgnoreCase(SplitAggregates.WINDOW_END)) {
      usesWindowEnd = true;
      return identifier;
    }
    if (scope.has(name)) {
      throw SqlProblem.at(
          identifier,
          "Cannot use column %s outside an aggregate: write one around it, such as MAX(%s)"
              .formatted(name, sql.show(identifier)));
    }
    binder.bind(identifier);
    return identifier;
  }

  /** Refuses aggregates of aggregates. */
  private final class NestedAggregates extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (isAggregate(name(call))) {
        throw SqlProblem.at(call, "Cannot use " + name(call) + " inside another aggregate");
      }
      return super.visit(call);
    }
  }
}
