package io.millrace.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The aggregate functions of a spec as DuckDB's aggregates over rows with {@code present_}. */
final class AggregateSql {
  private final String eventTime;

  AggregateSql(String eventTime) {
    this.eventTime = "\"" + eventTime + "\"";
  }

  /**
   * By name in capitals, how a call is written.
   *
   * @param named gives a call in DuckDB's SQL the name that stands for it
   */
  Map<String, SqlTokens.Call> calls(UnaryOperator<String> named) {
    Map<String, SqlTokens.Call> calls = new HashMap<>();
    for (String function :
        List.of("SUM", "AVG", "MIN", "MAX", "VAR_SAMP", "VAR_POP", "STDDEV_SAMP", "STDDEV_POP")) {
      calls.put(function, simple(function));
    }
    calls.put("VARIANCE", simple("VAR_SAMP"));
    calls.put("STDDEV", simple("STDDEV_SAMP"));
    calls.put("COUNT", AggregateSql::count);
    calls.put("FIRST", (arguments, filter) -> nearest(arguments.get(0), filter, "ASC"));
    calls.put("LAST", (arguments, filter) -> nearest(arguments.get(0), filter, "DESC"));
    calls.put("PERCENTILE", AggregateSql::percentile);
    calls.put(
        "APPROX_COUNT_DISTINCT",
        (arguments, filter) ->
            "COUNT(DISTINCT %s)%s".formatted(value(arguments.get(0)), where(filter, "TRUE")));
    calls.put(
        "APPROX_TOP_K", (arguments, filter) -> topK(arguments.get(0), arguments.get(1), filter));
    calls.put(
        "MODE",
        (arguments, filter) ->
            "most_frequent(list(%s)%s)[1].value"
                .formatted(value(arguments.get(0)), given(arguments.get(0), filter)));
    calls.put("DECAYED_SUM", this::decayedSum);
    Map<String, SqlTokens.Call> result = new HashMap<>();
    calls.forEach(
        (name, call) ->
            result.put(name, (arguments, filter) -> named.apply(call.write(arguments, filter))));
    return result;
  }

  private static SqlTokens.Call simple(String function) {
    return (arguments, filter) ->
        "%s(%s)%s".formatted(function, value(arguments.get(0)), where(filter, "TRUE"));
  }

  /** An argument that cannot be computed counts as NULL. */
  private static String value(String argument) {
    return "finite(TRY(" + argument + "))";
  }

  private static String where(String filter, String further) {
    return " FILTER (WHERE present_ AND %s AND COALESCE(TRY(%s), FALSE))"
        .formatted(further, filter.isEmpty() ? "TRUE" : filter);
  }

  /** Only rows where the argument is not NULL. */
  private static String given(String argument, String filter) {
    return where(filter, value(argument) + " IS NOT NULL");
  }

  private static String count(List<String> arguments, String filter) {
    String argument = arguments.get(0);
    if (argument.equals("*")) {
      return "COUNT(*)" + where(filter, "TRUE");
    }
    if (argument.toUpperCase(java.util.Locale.ROOT).startsWith("DISTINCT ")) {
      return "COUNT(DISTINCT %s)%s"
          .formatted(value(argument.substring("DISTINCT ".length())), where(filter, "TRUE"));
    }
    return "COUNT(%s)%s".formatted(value(argument), where(filter, "TRUE"));
  }

  /** The first value in the order of event time, then of values. */
  private String nearest(String argument, String filter, String order) {
    return "list_first(list(%1$s ORDER BY %2$s %3$s, %1$s %3$s)%4$s)"
        .formatted(value(argument), eventTime, order, given(argument, filter));
  }

  /** The value of rank floor(p * (n - 1)), the least having rank 0. */
  private static String percentile(List<String> arguments, String filter) {
    return "at_rank(list_sort(list(%s)%s), %s)"
        .formatted(value(arguments.get(0)), given(arguments.get(0), filter), arguments.get(1));
  }

  private static String topK(String argument, String k, String filter) {
    return "CAST(to_json(list_transform(list_slice(most_frequent(list(%s)%s), 1, %s), lambda each: each.value)) AS VARCHAR)"
        .formatted(value(argument), given(argument, filter), k);
  }

  private String decayedSum(List<String> arguments, String filter) {
    String halfLife = arguments.get(1).replaceFirst("(?i)^\\s*half_life\\s*=>\\s*", "");
    return "SUM(%s * pow(2e0, -(epoch_us(window_end_) - epoch_us(%s)) / epoch_us(%s)::DOUBLE))%s"
        .formatted(value(arguments.get(0)), eventTime, halfLife, where(filter, "TRUE"));
  }
}
