package io.millrace.expression.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.impl.ParseException;
import org.apache.calcite.sql.parser.impl.Token;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Parses text with Calcite and says in plain words where it could not. */
final class SqlReader {
  private static final SqlParser.Config PARSER =
      SqlParser.config()
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withCaseSensitive(true)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withIdentifierMaxLength(1000)
          .withConformance(SqlConformanceEnum.LENIENT);

  /** Text and quoted names, which are skipped, or a bare word. */
  private static final Pattern WORDS =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|([A-Za-z_][A-Za-z_0-9$]*)");

  /** Text, quoted names and comments, or two slashes: Calcite would drop what stands behind. */
  private static final Pattern COMMENT =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\\*(?s:.*?)\\*/|(//)");

  /**
   * Functions that the parser does not know as such, since it has other uses for their names. They
   * are hidden from it under names of the same length.
   */
  private static final Map<String, String> MASKS =
      Map.of(
          "WIDTH_BUCKET", "WIDTH$BUCKET",
          "CONTAINS", "CONTAIN$",
          "DATE_DIFF", "DATE$DIFF",
          "DAY", "DA$",
          // rows of a pattern, behind which no FILTER may stand
          "FIRST", "FIR$T",
          "LAST", "LA$T");

  private static final Pattern KEYWORD = Pattern.compile("near the keyword '([^']*)'");

  private SqlReader() {}

  static SqlNode read(SqlText sql, Set<String> columns) {
    if (sql.text().isBlank()) {
      throw new SqlProblem("Cannot read an empty expression: write SQL", 1, 1);
    }
    Matcher comment = COMMENT.matcher(sql.text());
    while (comment.find()) {
      if (comment.group(1) != null) {
        Word slashes = new Word("//", comment.start(1));
        throw new SqlProblem(
            "Cannot read // here: write DIV(x, y) to divide whole numbers; a comment starts with --",
            slashes.line(sql),
            slashes.column(sql));
      }
    }
    try {
      return SqlParser.create(masked(sql.text()), PARSER).parseExpression();
    } catch (SqlParseException e) {
      throw explain(e, sql, columns);
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  private static String masked(String sql) {
    StringBuilder text = new StringBuilder(sql);
    Matcher words = WORDS.matcher(sql);
    while (words.find()) {
      String word = words.group(1);
      String mask = word == null ? null : MASKS.get(word.toUpperCase(Locale.ROOT));
      // INTERVAL '100' DAY(3) is no call
      if (mask != null
          && sql.substring(words.end()).stripLeading().startsWith("(")
          && !sql.substring(0, words.start()).stripTrailing().endsWith("'")) {
        text.replace(words.start(1), words.end(1), mask);
      }
    }
    return text.toString();
  }

  /** The name of a function as it was written. */
  static String unmasked(String name) {
    return MASKS.entrySet().stream()
        .filter(mask -> mask.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(name);
  }

  static SqlProblem tooDeep() {
    return new SqlProblem("Cannot read the expression: it is nested too deeply", 1, 1);
  }

  private static SqlProblem explain(SqlParseException e, SqlText sql, Set<String> columns) {
    if (e.getPos() == null) {
      // Calcite catches the overflow of the stack itself
      return tooDeep();
    }
    int line = Math.max(1, e.getPos().getLineNum());
    int column = Math.max(1, e.getPos().getColumnNum());
    String summary = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    Matcher keyword = KEYWORD.matcher(summary);
    String found = keyword.find() ? keyword.group(1) : "";
    if (summary.startsWith("Encountered")
        && e.getCause() instanceof ParseException cause
        && cause.currentToken != null) {
      Token token = offender(cause);
      boolean isEnd = token.kind == 0;
      line = isEnd ? sql.lastLine() : token.beginLine;
      column = isEnd ? sql.endColumn() : token.beginColumn;
      found = isEnd ? "" : unmasked(token.image);
    }
    int at = sql.offset(line, column);
    Optional<Word> reserved =
        reservedColumns(sql, columns).stream()
            .min(Comparator.comparingInt(word -> Math.abs(word.offset - at)));
    if (reserved.isPresent()) {
      return reserved.get().problem(sql);
    }
    return new SqlProblem(message(summary, found), line, column);
  }

  private static String message(String summary, String found) {
    if (!summary.startsWith("Encountered") && !summary.startsWith("Incorrect syntax")) {
      return "Cannot read the expression: " + summary;
    }
    if (found.isEmpty()) {
      return "The expression ends too early: an operand or a closing bracket is missing";
    }
    return switch (found) {
      case "'" -> "Cannot read the text: its closing ' is missing";
      case "\"" -> "Cannot read the name: its closing \" is missing";
      case ";" -> "Cannot read ;: one expression is expected, without a semicolon";
      case ":" -> "Cannot read : here; a conversion is written CAST(x AS type)";
      case "=" -> "Cannot read = here: an operand is missing before it; equality is written =";
      default -> "Cannot read " + found + " here: an operator or operand is missing before it";
    };
  }

  /** The last of the tokens that were looked at: the first ones could still have gone on. */
  private static Token offender(ParseException e) {
    int length = 1;
    for (int[] sequence : e.expectedTokenSequences) {
      length = Math.max(length, sequence.length);
    }
    Token token = e.currentToken;
    for (int i = 0; i < length && token.next != null; i++) {
      token = token.next;
    }
    return token;
  }

  /** Unquoted reserved words that are names of columns. */
  private static List<Word> reservedColumns(SqlText sql, Set<String> columns) {
    SqlAbstractParserImpl.Metadata metadata = SqlParser.create("x", PARSER).getMetadata();
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORDS.matcher(sql.text());
    while (matcher.find()) {
      String word = matcher.group(1);
      if (word != null
          && columns.contains(word)
          && metadata.isReservedWord(word.toUpperCase(Locale.ROOT))) {
        words.add(new Word(word, matcher.start(1)));
      }
    }
    return words;
  }

  private record Word(String text, int offset) {
    SqlProblem problem(SqlText sql) {
      return new SqlProblem(
          "%s is a reserved word: to mean the column, quote it: \"%s\"".formatted(text, text),
          line(sql),
          column(sql));
    }

    private int line(SqlText sql) {
      return (int) sql.text().substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }

    private int column(SqlText sql) {
      return offset - sql.text().lastIndexOf('\n', offset);
    }
  }
}
