package io.millrace.expression.sql;

import static io.millrace.expression.sql.FunctionRule.MANY;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.And;
import io.millrace.expression.tree.Expression.Attempt;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.Coalesce;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.IsNull;
import io.millrace.expression.tree.Expression.Or;
import io.millrace.row.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Functions that choose among their arguments. */
final class ChoiceRules {
  private static final String COMMON = "common type";

  private ChoiceRules() {}

  static List<FunctionRule> rules() {
    return List.of(
        FunctionRule.of(
            1,
            MANY,
            Entry.of(
                "COALESCE(x, y, …)",
                COMMON,
                "the first that is not NULL",
                "COALESCE(NULL, 2, 3)",
                "2"),
            ChoiceRules::coalesce),
        FunctionRule.of(
                2,
                Entry.of(
                    "IFNULL(x, y)",
                    COMMON,
                    "the same of two; also `NVL`",
                    "IFNULL(CAST(NULL AS VARCHAR), 'none')",
                    "'none'"),
                ChoiceRules::coalesce)
            .alsoCalled("NVL"),
        FunctionRule.of(
            2,
            Entry.of(
                "NULLIF(x, y)",
                "that of x",
                "NULL where x = y, else x",
                "NULLIF('n/a', 'n/a')",
                "NULL"),
            ChoiceRules::nullIf),
        FunctionRule.of(
            3,
            Entry.of(
                "IF(condition, x, y)",
                COMMON,
                "x where the condition is TRUE, else y: where it is NULL too",
                "IF(7 > 5, 'high', 'low')",
                "'high'",
                "IF(NULL, 1, 2)",
                "2"),
            arguments -> conditional(arguments.binder().condition(arguments.node(0)), arguments)),
        FunctionRule.of(
            3,
            Entry.of(
                "NVL2(x, y, z)", COMMON, "y where x is not NULL, else z", "NVL2(NULL, 1, 2)", "2"),
            arguments ->
                conditional(
                    new Expression.Not(new IsNull(arguments.binder().bind(arguments.node(0)))),
                    arguments)),
        FunctionRule.of(
            1,
            MANY,
            Entry.of(
                "GREATEST(x, y, …)",
                COMMON,
                "the greatest; NULL if one is, as in the SQL standard",
                "GREATEST(1, 2.5)",
                "2.5",
                "GREATEST(1, NULL)",
                "NULL"),
            arguments -> extreme(Relation.GREATER_OR_EQUAL, arguments)),
        FunctionRule.of(
            1,
            MANY,
            Entry.of(
                "LEAST(x, y, …)",
                COMMON,
                "the least; NULL if one is",
                "LEAST('b', 'a', 'c')",
                "'a'"),
            arguments -> extreme(Relation.LESS_OR_EQUAL, arguments)),
        FunctionRule.of(
            1,
            Entry.of(
                "TRY(x)",
                "that of x",
                "NULL where x cannot be computed, so that the record is not quarantined. Slow where"
                    + " that is often",
                "TRY(LN(0))",
                "NULL"),
            ChoiceRules::attempt));
  }

  private static Expression attempt(Arguments arguments) {
    Expression value = arguments.binder().bind(arguments.node(0));
    return Typing.isUntyped(value) ? value : new Attempt(value, Attempt.Extent.ALL);
  }

  private static Expression coalesce(Arguments arguments) {
    List<Expression> values = arguments.common();
    return new Coalesce(values, values.get(0).type());
  }

  private static Expression conditional(Expression condition, Arguments arguments) {
    List<Expression> values =
        arguments
            .binder()
            .bindToCommonType(
                arguments.nodes().subList(1, 3), arguments.function() + " cannot give both");
    return new Case(
        List.of(new Case.Branch(condition, values.get(0))),
        values.get(1),
        values.get(0).type().withNullable(false));
  }

  private static Expression nullIf(Arguments arguments) {
    Expression first = arguments.binder().bind(arguments.node(0));
    Expression equal =
        new Operators(arguments.binder())
            .compare(
                Relation.EQUAL,
                arguments.node(0),
                first,
                arguments.node(1),
                arguments.binder().bind(arguments.node(1)));
    ColumnType type = first.type();
    return new Case(
        List.of(new Case.Branch(equal, Typing.convert(Typing.NULL, type))), first, type);
  }

  /** NULL where an argument is; else the first that no other one beats. */
  private static Expression extreme(Relation relation, Arguments arguments) {
    List<Expression> values = arguments.common();
    List<Case.Branch> branches = new ArrayList<>();
    Expression last = values.get(values.size() - 1);
    branches.add(
        new Case.Branch(
            new Or(values.stream().<Expression>map(IsNull::new).toList()),
            Typing.convert(Typing.NULL, last.type())));
    for (int i = 0; i < values.size() - 1; i++) {
      Expression value = values.get(i);
      List<Expression> beaten =
          values.subList(i + 1, values.size()).stream()
              .<Expression>map(other -> new Comparison(relation, value, other))
              .toList();
      branches.add(new Case.Branch(new And(beaten), value));
    }
    return new Case(branches, last, last.type());
  }
}
