package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Call;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Prepared;
import io.millrace.expression.tree.Expression.Prepared.Tool;
import io.millrace.expression.tree.Function;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Regular expressions, and digests of text. */
final class PatternRules {
  private static final String VARCHAR = "VARCHAR";
  private static final Pattern GROUP_REFERENCE = Pattern.compile("\\\\.|\\$(\\d)");

  private PatternRules() {}

  static List<FunctionRule> rules() {
    return List.of(
        FunctionRule.of(
            2,
            Entry.of(
                "REGEXP_LIKE(s, 'pattern')",
                "BOOLEAN",
                "whether the pattern fits anywhere in s. `LIKE` is faster",
                "REGEXP_LIKE('DE-4711', '^[A-Z]{2}-\\d+$')",
                "TRUE"),
            arguments ->
                new Patterns(arguments.binder())
                    .regularExpression(arguments.node(0), arguments.node(1))),
        FunctionRule.of(
            2,
            3,
            Entry.of(
                "REGEXP_EXTRACT(s, 'pattern' [, group])",
                VARCHAR,
                "what the first fit of the pattern, or of one of its groups, covers; NULL where"
                    + " there is none, as in Trino",
                "REGEXP_EXTRACT('order 4711 of 2026', '(\\w+) (\\d+)', 2)",
                "'4711'",
                "REGEXP_EXTRACT('none', '\\d+')",
                "NULL"),
            PatternRules::extract),
        FunctionRule.of(
            3,
            Entry.of(
                "REGEXP_REPLACE(s, 'pattern', replacement)",
                VARCHAR,
                "the replacement in place of each fit, as in Spark and Trino; `$1` in it is the"
                    + " first group",
                "REGEXP_REPLACE('a1b22', '\\d+', '#')",
                "'a#b#'",
                "REGEXP_REPLACE('Doe, Jane', '(\\w+), (\\w+)', '$2 $1')",
                "'Jane Doe'"),
            PatternRules::replace),
        digest("MD5", "900150983cd24fb0d6963f7d28e17f72"),
        digest("SHA1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        digest("SHA256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        FunctionRule.of(
            1,
            Entry.of(
                "CRC32(s)",
                "BIGINT",
                "a checksum of the UTF-8 bytes, from 0 to 4294967295: spreads values, hides nothing",
                "CRC32('123456789')",
                "3421780262"),
            arguments -> new Call(Function.CRC32, List.of(arguments.text(0)), Typing.BIGINT)));
  }

  private static FunctionRule digest(String name, String ofAbc) {
    String algorithm = name.replace("SHA", "SHA-");
    return FunctionRule.of(
        1,
        Entry.of(
            name + "(s)",
            VARCHAR,
            "the "
                + algorithm
                + " digest of the UTF-8 bytes, in hexadecimal digits of small letters",
            name + "('abc')",
            "'" + ofAbc + "'"),
        arguments ->
            new Prepared(Tool.DIGEST, List.of(arguments.text(0)), algorithm, Typing.VARCHAR));
  }

  private static Expression extract(Arguments arguments) {
    Expression text = arguments.text(0);
    Pattern pattern = pattern(arguments);
    Expression group = arguments.size() == 3 ? arguments.whole(2) : new Literal(0L, Typing.BIGINT);
    int groups = pattern.matcher("").groupCount();
    if (!(group instanceof Literal literal)
        || (Long) literal.value() < 0
        || (Long) literal.value() > groups) {
      throw SqlProblem.at(
          arguments.node(2),
          "REGEXP_EXTRACT takes the number of a group, from 0 to %d here, but found %s"
              .formatted(groups, arguments.binder().show(arguments.node(2))));
    }
    return new Prepared(
        Tool.REGEXP_EXTRACT,
        List.of(text, group),
        pattern.pattern(),
        Typing.VARCHAR.withNullable(true));
  }

  private static Expression replace(Arguments arguments) {
    Pattern pattern = pattern(arguments);
    Expression replacement = arguments.text(2);
    if (replacement instanceof Literal literal) {
      int groups = pattern.matcher("").groupCount();
      GROUP_REFERENCE
          .matcher((String) literal.value())
          .results()
          .map((MatchResult reference) -> reference.group(1))
          .filter(number -> number != null && Integer.parseInt(number) > groups)
          .findFirst()
          .ifPresent(
              number -> {
                throw SqlProblem.at(
                    arguments.node(2),
                    "The pattern has no group %s: it has %d; a dollar sign itself is written \\$"
                        .formatted(number, groups));
              });
    }
    return new Prepared(
        Tool.REGEXP_REPLACE,
        List.of(arguments.text(0), replacement),
        pattern.pattern(),
        Typing.VARCHAR);
  }

  private static Pattern pattern(Arguments arguments) {
    return new Patterns(arguments.binder())
        .compile(arguments.node(1), "The pattern of " + arguments.function());
  }
}
