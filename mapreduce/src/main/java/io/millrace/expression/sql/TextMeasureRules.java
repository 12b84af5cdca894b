package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Comparison;
import io.millrace.expression.tree.Expression.Comparison.Relation;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import java.util.List;

/** Functions that measure text, or look for something in it. */
final class TextMeasureRules {
  private static final String INTEGER = "INTEGER";
  private static final String BOOLEAN = "BOOLEAN";

  private TextMeasureRules() {}

  static List<FunctionRule> rules() {
    return List.of(
        FunctionRule.of(
                1,
                Entry.of(
                    "CHAR_LENGTH(s)",
                    INTEGER,
                    "the number of characters; also `LENGTH`, `CHARACTER_LENGTH`",
                    "CHAR_LENGTH('a😀b')",
                    "3"),
                arguments -> whole(Function.CHAR_LENGTH, arguments.text(0)))
            .alsoCalled("CHARACTER_LENGTH", "LENGTH"),
        FunctionRule.of(
            1,
            Entry.of(
                "OCTET_LENGTH(s)",
                INTEGER,
                "the number of bytes in UTF-8",
                "OCTET_LENGTH('é')",
                "2"),
            arguments -> whole(Function.OCTET_LENGTH, arguments.text(0))),
        FunctionRule.of(
            2,
            Entry.of(
                "POSITION(x IN s)",
                INTEGER,
                "where x first stands in s, the first character being 1; 0 where it does not",
                "POSITION('ich' IN 'Zürich')",
                "4"),
            arguments -> whole(Function.POSITION, arguments.text(0), arguments.text(1))),
        FunctionRule.of(
            2,
            Entry.of("INSTR(s, x)", INTEGER, "the same", "INSTR('Zürich', 'x')", "0"),
            arguments -> whole(Function.POSITION, arguments.text(1), arguments.text(0))),
        FunctionRule.of(
            2,
            Entry.of(
                "STARTS_WITH(s, x)",
                BOOLEAN,
                "whether s starts with x",
                "STARTS_WITH('IBAN DE12', 'IBAN')",
                "TRUE"),
            arguments -> test(Function.STARTS_WITH, arguments)),
        FunctionRule.of(
            2,
            Entry.of(
                "ENDS_WITH(s, x)",
                BOOLEAN,
                "whether s ends with x",
                "ENDS_WITH('a.csv', '.gz')",
                "FALSE"),
            arguments -> test(Function.ENDS_WITH, arguments)),
        FunctionRule.of(
            2,
            Entry.of(
                "CONTAINS(s, x)",
                BOOLEAN,
                "whether x stands in s",
                "CONTAINS('Zürich', 'ü')",
                "TRUE"),
            arguments ->
                new Comparison(
                    Relation.GREATER,
                    whole(Function.POSITION, arguments.text(1), arguments.text(0)),
                    new Literal(0L, Typing.INTEGER))),
        FunctionRule.of(
            1,
            Entry.of(
                "ASCII(s)",
                INTEGER,
                "the code point of the first character; 0 of an empty text",
                "ASCII('é')",
                "233"),
            arguments -> whole(Function.ASCII, arguments.text(0))),
        FunctionRule.of(
            2,
            Entry.of(
                "LEVENSHTEIN(s, t)",
                INTEGER,
                "how many characters must be put in, taken out or changed to come from s to t; of"
                    + " texts of at most 1000 characters",
                "LEVENSHTEIN('kitten', 'sitting')",
                "3"),
            arguments -> whole(Function.LEVENSHTEIN, arguments.text(0), arguments.text(1))));
  }

  static Expression whole(Function function, Expression... operands) {
    return new Call(function, List.of(operands), Typing.INTEGER);
  }

  private static Expression test(Function function, Arguments arguments) {
    return new Call(function, List.of(arguments.text(0), arguments.text(1)), Typing.BOOLEAN);
  }
}
