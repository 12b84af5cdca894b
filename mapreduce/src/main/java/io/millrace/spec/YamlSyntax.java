package io.millrace.spec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in plain words what a YAML reader stumbled over. */
final class YamlSyntax {
  /**
   * @param sign part of the YAML reader's own message
   * @param advice for a person who has never heard of block mappings
   * @param atStart whether the place to look at is where the thing began, not where it broke
   */
  private record Hint(String sign, String advice, boolean atStart) {
    Hint(String sign, String advice) {
      this(sign, advice, false);
    }
  }

  private static final String QUOTE_IT =
      "a text with `,` `:` `#` or brackets must stand in quotes inside `{…}` and `[…]`, or use one"
          + " line an entry";

  private static final String COPY =
      "a text that starts with `*` or `&` is YAML's mark for a copy; put the whole text into"
          + " quotes";

  private static final String SECOND_DOCUMENT =
      "a second document starts here; give each pipeline a file of its own";

  /** The first that fits counts. */
  private static final List<Hint> HINTS =
      List.of(
          new Hint(
              "scanning a block scalar",
              "`>` and `|` start a text on the lines below; put a text that starts with them into"
                  + " quotes",
              true),
          new Hint(
              "scanning a tag",
              "a text that starts with `!` is a YAML tag; put the whole text into quotes",
              true),
          new Hint("scanning an alias", COPY, true),
          new Hint("scanning an anchor", COPY, true),
          new Hint("undefined alias", COPY),
          new Hint("'\\t(TAB)'", "a tab stands here; indent with spaces"),
          new Hint(
              "cannot start any token",
              "a text must not start with this character; put the whole text into quotes"),
          new Hint(
              "mapping values are not allowed here",
              "a `:` does not fit here; put a text that holds `: ` into quotes, write a space after"
                  + " the `:` of each key, and start keys of one level in one column"),
          new Hint(
              "mapping keys are not allowed here",
              "a text must not start with `? `; put the whole text into quotes"),
          new Hint(
              "could not find expected ':'",
              "this line is no `key: value`; write the `:` and a space after the key, or indent the"
                  + " line if it continues the one above",
              true),
          new Hint(
              "unexpected end of stream",
              "the quote that starts here is not closed; write the closing one",
              true),
          new Hint(
              "but got <stream end>",
              "the bracket that starts here is not closed; write the closing one",
              true),
          new Hint("expected ',' or '}'", "the `{…}` around this breaks here; " + QUOTE_IT),
          new Hint("expected ',' or ']'", "the `[…]` around this breaks here; " + QUOTE_IT),
          new Hint(
              "but found '<scalar>'",
              "text goes on after a closing quote; put the whole text into quotes of the other"
                  + " kind, or below the key after `|`"),
          new Hint(
              "but found '-'", "a list stands beside keys here; indent it below the key it is for"),
          new Hint(
              "expected <block end>",
              "this line starts in a column where nothing else starts; give keys of one level the"
                  + " same indentation"),
          new Hint(
              "expected the node content",
              "a bracket closes here that was not opened; put a text that starts with it into"
                  + " quotes"),
          new Hint(
              "directive",
              "a line that starts with `%` is an instruction to YAML; start each line with a key, a"
                  + " blank or `#`"),
          new Hint("another document", SECOND_DOCUMENT),
          new Hint("'<document start>'", SECOND_DOCUMENT),
          new Hint(
              "unknown escape character",
              "inside \"…\" a `\\` starts an escape; write `\\\\`, or use '…' quotes"),
          new Hint(
              "sequence entries are not allowed here",
              "a list with `-` starts on its own line; write `[…]` to stay on this one"));

  private YamlSyntax() {}

  static Problem problem(YamlDocument document, YamlEngineException error) {
    if (error instanceof MarkedYamlEngineException marked) {
      return problem(document, marked);
    }
    if (error instanceof ReaderException unreadable) {
      return new Problem(
          document.location(unreadable.getPosition()),
          "Cannot read this as YAML: the character U+%04X may not stand here; remove it, or write it as \"\\u%04X\""
              .formatted(unreadable.getCodePoint(), unreadable.getCodePoint()));
    }
    return new Problem(
        document.start(), "Cannot read this as YAML: " + firstLine(error.getMessage()));
  }

  private static Problem problem(YamlDocument document, MarkedYamlEngineException error) {
    Hint hint = hint(error);
    Optional<Mark> broken = error.getProblemMark();
    Optional<Mark> began = error.getContextMark();
    Optional<Mark> at = hint.atStart() ? began.or(() -> broken) : broken.or(() -> began);
    return new Problem(
        at.map(document::location).orElse(document.start()),
        "Cannot read this as YAML: " + hint.advice());
  }

  private static Hint hint(MarkedYamlEngineException error) {
    String message =
        Optional.ofNullable(error.getContext()).orElse("")
            + "\n"
            + Optional.ofNullable(error.getProblem()).orElse("");
    return HINTS.stream()
        .filter(hint -> message.contains(hint.sign()))
        .findFirst()
        .orElseGet(() -> new Hint("", firstLine(error.getProblem())));
  }

  private static String firstLine(@Nullable String message) {
    return Optional.ofNullable(message).orElse("").lines().findFirst().orElse("it ends too early");
  }
}
