package io.millrace.expression.sql;

import io.millrace.expression.runtime.ZoneCalendar;
import io.millrace.expression.tree.Expression;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** Text to typed trees. */
public final class Front {
  private final ZoneCalendar calendar;

  /**
   * @param zone in which timestamps without an offset are read
   */
  public Front(ZoneId zone) {
    this.calendar = new ZoneCalendar(zone.getId());
  }

  /**
   * Parses and types an expression over the columns of a row.
   *
   * @throws SqlProblem where it cannot be used
   */
  public Expression parse(String text, RowType scope) {
    SqlText sql = new SqlText(text);
    return bind(sql, SqlReader.read(sql, Set.copyOf(scope.names())), scope);
  }

  /**
   * The same for what must be BOOLEAN.
   *
   * @throws SqlProblem where it is not
   */
  public Expression parseCondition(String text, RowType scope) {
    SqlText sql = new SqlText(text);
    SqlNode node = SqlReader.read(sql, Set.copyOf(scope.names()));
    Expression tree = bind(sql, node, scope);
    if (tree.type().kind() != Kind.BOOLEAN) {
      throw SqlProblem.at(
          node, "Expected a condition, but this is " + tree.type().sqlName() + ": compare it");
    }
    return tree;
  }

  private Expression bind(SqlText sql, SqlNode node, RowType scope) {
    Expression tree;
    try {
      tree = new Binder(sql, scope, calendar).bind(node);
    } catch (StackOverflowError e) {
      throw SqlReader.tooDeep();
    }
    if (tree.equals(Typing.NULL)) {
      throw SqlProblem.at(node, "NULL alone has no type: write CAST(NULL AS …)");
    }
    return tree;
  }

  /**
   * Parses an expression over aggregates and splits it at them.
   *
   * @throws SqlProblem where it cannot be used
   */
  public SplitAggregates parseAggregate(String text, RowType scope, AggregateTyping typing) {
    SqlText sql = new SqlText(text);
    SqlNode node = SqlReader.read(sql, Set.copyOf(scope.names()));
    AggregateSplitter splitter =
        new AggregateSplitter(sql, scope, new Binder(sql, scope, calendar), typing);
    SqlNode finish = node.accept(splitter);
    if (splitter.calls().isEmpty()) {
      throw SqlProblem.at(node, "Expected an aggregate like COUNT(*) or SUM(x)");
    }
    RowType results = splitter.results();
    return new SplitAggregates(
        splitter.calls(), splitter.finishSql(), results, bind(sql, finish, results));
  }
}
