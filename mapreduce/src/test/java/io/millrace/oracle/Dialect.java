package io.millrace.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where DuckDB's SQL differs from that of a spec. All else passes through as it is written.
 *
 * <ul>
 *   <li>A TIMESTAMP is an instant: TIMESTAMPTZ, with the session's zone set to the pipeline's.
 *   <li>{@code x / 0} is NULL: two settings of the session.
 *   <li>GREATEST and LEAST are NULL if an argument is; DuckDB leaves NULL out.
 *   <li>DOW counts from 1; EPOCH is whole seconds; {@code FLOOR(ts TO DAY)} is date_trunc;
 *       TIMESTAMPDIFF counts whole units.
 *   <li>CAST of a number to a whole one cuts off; DuckDB rounds.
 * </ul>
 */
final class Dialect {
  private static final Pattern EXTRACT = Pattern.compile("(?is)^\\s*(\\w+)\\s+FROM\\s+(.*)$");
  private static final Pattern FLOOR_TO = Pattern.compile("(?is)^(.*)\\s+TO\\s+(\\w+)\\s*$");
  private static final Pattern CAST = Pattern.compile("(?is)^(.*)\\s+AS\\s+([\\w(), ]+?)\\s*$");
  private static final Pattern WHOLE = Pattern.compile("(?i)INT|INTEGER|BIGINT");

  private static final Map<String, SqlTokens.Call> CALLS = calls();

  private Dialect() {}

  /** An expression of a spec in DuckDB's SQL. */
  static String expression(String sql) {
    return SqlTokens.replaceCalls(literals(sql), CALLS).strip();
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static Map<String, SqlTokens.Call> calls() {
    Map<String, SqlTokens.Call> calls = new HashMap<>();
    calls.put("EXTRACT", plain(Dialect::extract));
    calls.put("FLOOR", plain(Dialect::floor));
    calls.put("CAST", plain(Dialect::cast));
    calls.put("GREATEST", Dialect::greatest);
    calls.put("LEAST", (arguments, filter) -> nullIfAny("LEAST", arguments));
    calls.put(
        "TIMESTAMPDIFF",
        (arguments, filter) ->
            "date_sub('%s', %s, %s)"
                .formatted(
                    arguments.get(0).toLowerCase(Locale.ROOT), arguments.get(1), arguments.get(2)));
    calls.put("CHAR_LENGTH", plain(argument -> "length(" + argument + ")"));
    calls.put("TRUNCATE", (arguments, filter) -> "trunc(" + String.join(", ", arguments) + ")");
    return new TreeMap<>(calls);
  }

  private static SqlTokens.Call plain(UnaryOperator<String> change) {
    return (arguments, filter) -> change.apply(String.join(", ", arguments));
  }

  private static String greatest(List<String> arguments, String filter) {
    return nullIfAny("GREATEST", arguments);
  }

  private static String nullIfAny(String function, List<String> arguments) {
    return "CASE WHEN %s THEN NULL ELSE %s(%s) END"
        .formatted(
            String.join(" OR ", arguments.stream().map(each -> "(" + each + ") IS NULL").toList()),
            function,
            String.join(", ", arguments));
  }

  private static String extract(String argument) {
    Matcher matcher = EXTRACT.matcher(argument);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read EXTRACT(" + argument + ")");
    }
    String part = matcher.group(1).toUpperCase(Locale.ROOT);
    String value = "EXTRACT(%s FROM %s)".formatted(part, matcher.group(2));
    return switch (part) {
      case "DOW" -> "(" + value + " + 1)";
      case "EPOCH" -> "CAST(floor(" + value + ") AS BIGINT)";
      default -> value;
    };
  }

  private static String floor(String argument) {
    Matcher matcher = FLOOR_TO.matcher(argument);
    return matcher.matches()
        ? "date_trunc('%s', %s)"
            .formatted(matcher.group(2).toLowerCase(Locale.ROOT), matcher.group(1))
        : "floor(" + argument + ")";
  }

  private static String cast(String argument) {
    Matcher matcher = CAST.matcher(argument);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read CAST(" + argument + ")");
    }
    String value = matcher.group(1);
    String type = matcher.group(2);
    if (WHOLE.matcher(type).matches()) {
      return "CAST(cut_off(%s) AS %s)".formatted(value, type);
    }
    return "CAST(%s AS %s)".formatted(value, type.replaceAll("(?i)^TIMESTAMP", "TIMESTAMPTZ"));
  }

  /** Literals of instants. */
  private static String literals(String sql) {
    StringBuilder out = new StringBuilder();
    List<String> tokens = SqlTokens.of(sql);
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean literal =
          token.equalsIgnoreCase("TIMESTAMP")
              && i + 2 < tokens.size()
              && tokens.get(i + 2).startsWith("'");
      out.append(literal ? "TIMESTAMPTZ" : token);
    }
    return out.toString();
  }
}
