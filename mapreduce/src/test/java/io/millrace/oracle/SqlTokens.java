package io.millrace.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL as a list of words, literals and signs: enough to find calls of functions and change them.
 */
final class SqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[A-Za-z_][A-Za-z_0-9]*"
              + "|[0-9.]+(?:[eE][+-]?[0-9]+)?|\\|\\||<>|!=|<=|>=|=>|.",
          Pattern.DOTALL);

  /** What a call becomes. */
  @FunctionalInterface
  interface Call {
    /**
     * The text that takes the call's place.
     *
     * @param arguments between its commas
     * @param filter the condition of {@code FILTER (WHERE …)}, or empty
     */
    String write(List<String> arguments, String filter);
  }

  private final List<String> tokens;
  private int at;

  private SqlTokens(List<String> tokens) {
    this.tokens = tokens;
  }

  static List<String> of(String sql) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    while (matcher.find()) {
      tokens.add(matcher.group().isBlank() ? " " : matcher.group());
    }
    return tokens;
  }

  /**
   * The text with calls of the functions named (in capitals) written otherwise; those inside an
   * argument first.
   */
  static String replaceCalls(String sql, Map<String, Call> calls) {
    SqlTokens reader = new SqlTokens(of(sql));
    StringBuilder out = new StringBuilder();
    while (reader.at < reader.tokens.size()) {
      String token = reader.tokens.get(reader.at++);
      Call call = calls.get(token.toUpperCase(Locale.ROOT));
      if (call == null || !reader.peek().equals("(")) {
        out.append(token);
        continue;
      }
      List<String> arguments = new ArrayList<>();
      for (String argument : reader.parenthesis()) {
        arguments.add(replaceCalls(argument, calls).strip());
      }
      out.append(call.write(arguments, reader.filter(calls)));
    }
    return out.toString();
  }

  /** The next token that is not blank. */
  private String peek() {
    int next = skipBlanks(at);
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private int skipBlanks(int from) {
    int next = from;
    while (next < tokens.size() && tokens.get(next).equals(" ")) {
      next++;
    }
    return next;
  }

  /** Reads {@code (a, b)} and gives the texts between its own commas. */
  private List<String> parenthesis() {
    at = skipBlanks(at) + 1;
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 1;
    while (true) {
      String token = tokens.get(at++);
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (depth == 0) {
        break;
      }
      if (depth == 1 && token.equals(",")) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(token);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** Reads {@code FILTER (WHERE condition)} where it follows. */
  private String filter(Map<String, Call> calls) {
    if (!peek().equalsIgnoreCase("FILTER")) {
      return "";
    }
    at = skipBlanks(at) + 1;
    String condition = String.join(",", parenthesis()).strip();
    return replaceCalls(condition.substring("WHERE".length()), calls).strip();
  }
}
