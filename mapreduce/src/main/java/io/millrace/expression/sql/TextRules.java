package io.millrace.expression.sql;

import static io.millrace.expression.sql.FunctionRule.MANY;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.IsNull;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Function;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Functions that make text of text. */
final class TextRules {
  private static final String VARCHAR = "VARCHAR";
  private static final Literal BLANK = new Literal(" ", Typing.VARCHAR);
  private static final Literal NOTHING = new Literal("", Typing.VARCHAR);

  private TextRules() {}

  static List<FunctionRule> rules() {
    return List.of(
        FunctionRule.of(
            1,
            Entry.of("LOWER(s)", VARCHAR, "small letters", "LOWER('ÉTÉ')", "'été'"),
            arguments -> text(Function.LOWER, arguments.text(0))),
        FunctionRule.of(
            1,
            Entry.of(
                "UPPER(s)",
                VARCHAR,
                "capital letters; `ß` becomes `SS`",
                "UPPER('weiß')",
                "'WEISS'"),
            arguments -> text(Function.UPPER, arguments.text(0))),
        FunctionRule.of(
            1,
            Entry.of(
                "INITCAP(s)",
                VARCHAR,
                "a capital letter at the start of each word, small ones behind it; a word is letters"
                    + " and digits, as in PostgreSQL",
                "INITCAP('new YORK-city')",
                "'New York-City'"),
            arguments -> text(Function.INITCAP, arguments.text(0))),
        FunctionRule.of(
            3,
            Entry.of(
                "TRIM([BOTH | LEADING | TRAILING] [c FROM] s)",
                VARCHAR,
                "without the blanks, or characters c, at both ends or one of them",
                "TRIM('  a b ')",
                "'a b'",
                "TRIM(LEADING '0' FROM '0070')",
                "'70'"),
            TextRules::trim),
        FunctionRule.of(
            1,
            Entry.of("LTRIM(s)", VARCHAR, "without blanks in front", "LTRIM('  a ')", "'a '"),
            arguments -> text(Function.TRIM_LEADING, arguments.text(0), BLANK)),
        FunctionRule.of(
            1,
            Entry.of("RTRIM(s)", VARCHAR, "without blanks at the end", "RTRIM(' a  ')", "' a'"),
            arguments -> text(Function.TRIM_TRAILING, arguments.text(0), BLANK)),
        FunctionRule.of(
            2,
            3,
            Entry.of(
                "SUBSTRING(s FROM i [FOR n])",
                VARCHAR,
                "n characters from the i-th on, or all; also `SUBSTRING(s, i, n)`. As in the SQL"
                    + " standard: positions before the first count, but have no character",
                "SUBSTRING('Zürich' FROM 2 FOR 3)",
                "'üri'",
                "SUBSTRING('Zürich' FROM 0 FOR 3)",
                "'Zü'"),
            TextRules::substring),
        FunctionRule.of(
            2,
            Entry.of(
                "LEFT(s, n)",
                VARCHAR,
                "the first n characters; all but the last -n where n is negative, as in PostgreSQL",
                "LEFT('Zürich', 2)",
                "'Zü'",
                "LEFT('Zürich', -2)",
                "'Züri'"),
            arguments -> text(Function.LEFT, arguments.text(0), arguments.whole(1))),
        FunctionRule.of(
            2,
            Entry.of(
                "RIGHT(s, n)",
                VARCHAR,
                "the last n characters; all but the first -n where n is negative",
                "RIGHT('4111222233334444', 4)",
                "'4444'"),
            arguments -> text(Function.RIGHT, arguments.text(0), arguments.whole(1))),
        FunctionRule.of(
            2,
            3,
            Entry.of(
                "LPAD(s, n [, pad])",
                VARCHAR,
                "filled in front to n characters, with blanks or pad; the first n where it is longer",
                "LPAD('42', 5, '0')",
                "'00042'",
                "LPAD('12345', 3)",
                "'123'"),
            arguments -> pad(Function.LPAD, arguments)),
        FunctionRule.of(
            2,
            3,
            Entry.of(
                "RPAD(s, n [, pad])",
                VARCHAR,
                "the same, filled at the end",
                "RPAD('ab', 5, 'xy')",
                "'abxyx'"),
            arguments -> pad(Function.RPAD, arguments)),
        FunctionRule.of(
            3,
            Entry.of(
                "REPLACE(s, x, y)",
                VARCHAR,
                "y in place of each x; an empty x stands nowhere",
                "REPLACE('1.234.567', '.', '')",
                "'1234567'"),
            arguments ->
                text(Function.REPLACE, arguments.text(0), arguments.text(1), arguments.text(2))),
        FunctionRule.of(
                3,
                Entry.of(
                    "TRANSLATE(s, from, to)",
                    VARCHAR,
                    "each character of from becomes the one at its place in to, or nothing where to is"
                        + " shorter",
                    "TRANSLATE('1.234,5', '.,', '_.')",
                    "'1_234.5'",
                    "TRANSLATE('+49 (30)', '+ ()', '')",
                    "'4930'"),
                arguments ->
                    text(
                        Function.TRANSLATE,
                        arguments.text(0),
                        arguments.text(1),
                        arguments.text(2)))
            .alsoCalled("TRANSLATE3"),
        FunctionRule.of(
            3,
            4,
            Entry.of(
                "OVERLAY(s PLACING x FROM i [FOR n])",
                VARCHAR,
                "x in place of n characters from the i-th on, or of as many as x has",
                "OVERLAY('4111222233334444' PLACING '********' FROM 5)",
                "'4111********4444'"),
            TextRules::overlay),
        FunctionRule.of(
            2,
            Entry.of(
                "REPEAT(s, n)",
                VARCHAR,
                "s n times; nothing where n is negative",
                "REPEAT('ab', 3)",
                "'ababab'"),
            arguments -> text(Function.REPEAT, arguments.text(0), arguments.whole(1))),
        FunctionRule.of(
            1,
            Entry.of(
                "REVERSE(s)", VARCHAR, "from the end to the start", "REVERSE('a😀b')", "'b😀a'"),
            arguments -> text(Function.REVERSE, arguments.text(0))),
        FunctionRule.of(
            3,
            Entry.of(
                "SPLIT_PART(s, separator, n)",
                VARCHAR,
                "the n-th part, from the end where n is negative; empty where there is none, as in"
                    + " PostgreSQL",
                "SPLIT_PART('card:1234:eur', ':', 2)",
                "'1234'",
                "SPLIT_PART('a.b.c', '.', -1)",
                "'c'"),
            arguments ->
                text(
                    Function.SPLIT_PART, arguments.text(0), arguments.text(1), arguments.whole(2))),
        FunctionRule.of(
            1,
            MANY,
            Entry.of(
                "CONCAT(s, …)",
                VARCHAR,
                "the same as `||`: NULL if one is, as in the SQL standard",
                "CONCAT('a', 'b', 'c')",
                "'abc'"),
            TextRules::concat),
        FunctionRule.of(
            2,
            MANY,
            Entry.of(
                "CONCAT_WS(separator, s, …)",
                VARCHAR,
                "the texts with the separator between them; a text that is NULL is left out",
                "CONCAT_WS('-', 'a', NULL, 'b')",
                "'a-b'"),
            TextRules::concatWithSeparator),
        FunctionRule.of(
            1,
            Entry.of("CHR(n)", VARCHAR, "the character with the code point n", "CHR(8364)", "'€'"),
            arguments -> text(Function.CHR, arguments.whole(0))));
  }

  static Expression text(Function function, Expression... operands) {
    return new Call(function, List.of(operands), Typing.VARCHAR);
  }

  private static Expression trim(Arguments arguments) {
    Expression character = arguments.text(1);
    if (!(character instanceof Literal literal)
        || ((String) literal.value()).codePoints().count() != 1) {
      throw SqlProblem.at(
          arguments.node(1),
          "TRIM takes off one character, written in quotes: TRIM(BOTH '-' FROM s)");
    }
    SqlTrimFunction.Flag side =
        ((SqlLiteral) arguments.node(0)).getValueAs(SqlTrimFunction.Flag.class);
    Function function =
        switch (side) {
          case BOTH -> Function.TRIM_BOTH;
          case LEADING -> Function.TRIM_LEADING;
          case TRAILING -> Function.TRIM_TRAILING;
        };
    return text(function, arguments.text(2), character);
  }

  private static Expression substring(Arguments arguments) {
    return arguments.size() == 2
        ? text(Function.SUBSTRING_FROM, arguments.text(0), arguments.whole(1))
        : text(Function.SUBSTRING_FOR, arguments.text(0), arguments.whole(1), arguments.whole(2));
  }

  private static Expression pad(Function function, Arguments arguments) {
    return text(
        function,
        arguments.text(0),
        arguments.whole(1),
        arguments.size() == 3 ? arguments.text(2) : BLANK);
  }

  private static Expression overlay(Arguments arguments) {
    Expression placed = arguments.text(1);
    Expression count =
        arguments.size() == 4
            ? arguments.whole(3)
            : Typing.convert(TextMeasureRules.whole(Function.CHAR_LENGTH, placed), Typing.BIGINT);
    return text(Function.OVERLAY, arguments.text(0), placed, arguments.whole(2), count);
  }

  static Expression concat(Arguments arguments) {
    Expression all = arguments.text(0);
    for (int i = 1; i < arguments.size(); i++) {
      all = text(Function.CONCAT, all, arguments.text(i));
    }
    return all;
  }

  /** Puts a separator before each text that is not NULL, and takes off the first one. */
  private static Expression concatWithSeparator(Arguments arguments) {
    Expression separator = arguments.text(0);
    Expression all = NOTHING;
    for (int i = 1; i < arguments.size(); i++) {
      Expression text = arguments.text(i);
      Expression part = text(Function.CONCAT, separator, text);
      if (text.type().nullable()) {
        part = new Case(List.of(new Case.Branch(new IsNull(text), NOTHING)), part, Typing.VARCHAR);
      }
      all = text(Function.CONCAT, all, part);
    }
    return text(Function.WITHOUT_PREFIX, all, separator);
  }
}
