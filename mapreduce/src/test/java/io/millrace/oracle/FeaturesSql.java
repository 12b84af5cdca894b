package io.millrace.oracle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The query for the features of a group on a date: every clean row that had landed, one GROUP BY a
 * window, expressions over the aggregates in a second step. An entity that has nothing in a shorter
 * window is aggregated over nothing.
 */
final class FeaturesSql {
  private final String group;
  private final String eventTime;
  private final List<String> entity;
  private final List<Integer> windows;
  private final int delay;
  private final String where;

  /** Aggregate calls in DuckDB's SQL, by the name that the second step knows them by. */
  private final Map<String, String> calls = new LinkedHashMap<>();

  /** Expressions over the calls' names, by aggregate. */
  private final Map<String, String> aggregates = new LinkedHashMap<>();

  private final Map<String, String> derived = new LinkedHashMap<>();

  FeaturesSql(PipelineText pipeline, String group) {
    this.group = group;
    eventTime = pipeline.text("source", "event_time");
    entity = pipeline.list("features", group, "entity");
    windows =
        pipeline.list("features", group, "windows").stream()
            .map(PipelineText::days)
            .sorted()
            .toList();
    delay = pipeline.days("0d", "features", group, "delay");
    where = Dialect.expression(pipeline.textOr("TRUE", "features", group, "where"));
    Map<String, SqlTokens.Call> functions = new AggregateSql(eventTime).calls(this::name);
    pipeline
        .map("features", group, "aggregates")
        .forEach(
            (name, sql) ->
                aggregates.put(name, SqlTokens.replaceCalls(Dialect.expression(sql), functions)));
    pipeline
        .map("features", group, "derive")
        .forEach((name, sql) -> derived.put(name, Dialect.expression(sql)));
  }

  private String name(String call) {
    for (Map.Entry<String, String> known : calls.entrySet()) {
      if (known.getValue().equals(call)) {
        return known.getKey();
      }
    }
    String name = "call_" + calls.size();
    calls.put(name, call);
    return name;
  }

  List<String> entity() {
    return entity;
  }

  /** A query whose columns are the aggregate calls, over the given rows. */
  String callsOver(String rows) {
    return "SELECT %s FROM (SELECT TRUE AS present_, *, %s AS window_end_ FROM %s)"
        .formatted(calls(), windowEnd(LocalDate.EPOCH), rows);
  }

  private String calls() {
    return calls.entrySet().stream()
        .map(call -> call.getValue() + " AS " + call.getKey())
        .collect(Collectors.joining(",\n"));
  }

  /** The midnight that ends the last event day of the windows. */
  private static String windowEnd(LocalDate lastDay) {
    return "CAST(DATE '%s' AS TIMESTAMPTZ)".formatted(lastDay.plusDays(1));
  }

  /**
   * The features of a date, of all entities that have an event in a window.
   *
   * @param types what DESCRIBE says of the calls, by name
   */
  String query(LocalDate date, Map<String, String> types) {
    return query(date, types, "SELECT DISTINCT %s FROM events".formatted(CleanSql.names(entity)));
  }

  /** The same of any entities; one that is NULL, or has no event, is aggregated over nothing. */
  String query(LocalDate date, Map<String, String> types, String entities) {
    LocalDate lastDay = date.minusDays(delay);
    int longest = windows.get(windows.size() - 1);
    String keys = CleanSql.names(entity);
    Map<String, String> steps = new LinkedHashMap<>();
    steps.put(
        "events",
        """
        SELECT TRUE AS present_, %s AS window_end_, * FROM clean_
        WHERE dt_ <= DATE '%s' AND event_day_ > DATE '%s' AND event_day_ <= DATE '%s'
          AND %s AND COALESCE(TRY(%s), FALSE)"""
            .formatted(
                windowEnd(lastDay),
                date,
                lastDay.minusDays(longest),
                lastDay,
                entity.stream()
                    .map(key -> "\"" + key + "\" IS NOT NULL")
                    .collect(Collectors.joining(" AND ")),
                where));
    steps.put("entities", entities);
    List<String> columns = new ArrayList<>();
    for (int window : windows) {
      steps.put(
          "calls_" + window,
          """
          SELECT %1$s, %2$s FROM entities
          LEFT JOIN (SELECT * FROM events WHERE event_day_ > DATE '%3$s') USING (%1$s)
          GROUP BY %1$s"""
              .formatted(keys, calls(), lastDay.minusDays(window)));
      List<String> values = new ArrayList<>();
      for (Map.Entry<String, String> aggregate : aggregates.entrySet()) {
        String name = "%s_%dd".formatted(aggregate.getKey(), window);
        values.add(
            "CASE WHEN %s THEN NULL ELSE finite(TRY(%s)) END AS \"%s\""
                .formatted(
                    tooWide(aggregate.getValue(), types),
                    typed(aggregate.getValue(), types, lastDay),
                    name));
        columns.add("\"%s\" AS \"%s_%s\"".formatted(name, group, name));
      }
      steps.put(
          "window_" + window,
          "SELECT %s, %s FROM calls_%d".formatted(keys, String.join(",\n", values), window));
    }
    for (Map.Entry<String, String> each : derived.entrySet()) {
      columns.add(
          "finite(TRY(%s)) AS \"%s_%s\""
              .formatted(typed(each.getValue(), types, lastDay), group, each.getKey()));
    }
    String joins =
        windows.stream()
            .map(
                window ->
                    " JOIN window_%1$d ON %2$s".formatted(window, sameEntity("window_" + window)))
            .collect(Collectors.joining());
    String entityColumns =
        entity.stream()
            .map(key -> "entities.\"%1$s\" AS \"%1$s\"".formatted(key))
            .collect(Collectors.joining(", "));
    return "WITH %s\nSELECT %s, %s FROM entities%s"
        .formatted(
            steps.entrySet().stream()
                .map(step -> step.getKey() + " AS MATERIALIZED (\n" + step.getValue() + ")")
                .collect(Collectors.joining(",\n")),
            entityColumns,
            String.join(", ", columns),
            joins);
  }

  /** That a table's entity is the one of {@code entities}, where NULL equals NULL. */
  String sameEntity(String table) {
    return entity.stream()
        .map(key -> "entities.\"%1$s\" IS NOT DISTINCT FROM %2$s.\"%1$s\"".formatted(key, table))
        .collect(Collectors.joining(" AND "));
  }

  /** Sums that DuckDB makes wider than the spec's types are cut to them, or fail. */
  private static String typed(String sql, Map<String, String> types, LocalDate lastDay) {
    StringBuilder out = new StringBuilder();
    for (String token : SqlTokens.of(sql)) {
      String type = types.getOrDefault(token, "");
      if (type.equals("HUGEINT")) {
        out.append("CAST(").append(token).append(" AS BIGINT)");
      } else if (type.startsWith("DECIMAL(38")) {
        out.append("CAST(").append(token).append(" AS ");
        out.append(type.replace("(38", "(18")).append(")");
      } else {
        out.append(token.equalsIgnoreCase("WINDOW_END") ? windowEnd(lastDay) : token);
      }
    }
    return out.toString();
  }

  /** Whether an aggregate in it does not fit its type: then there is no value at all. */
  private static String tooWide(String sql, Map<String, String> types) {
    StringBuilder condition = new StringBuilder("FALSE");
    for (String token : SqlTokens.of(sql)) {
      String cast = typed(token, types, LocalDate.EPOCH);
      if (types.containsKey(token) && !cast.equals(token)) {
        condition.append(" OR (%s IS NOT NULL AND TRY(%s) IS NULL)".formatted(token, cast));
      }
    }
    return condition.toString();
  }

  /** How near a column of the features must come. */
  Map<String, Tolerance> tolerances(PipelineText pipeline) {
    Map<String, Tolerance> tolerances = new LinkedHashMap<>();
    pipeline
        .map("features", group, "aggregates")
        .forEach(
            (name, sql) -> {
              for (int window : windows) {
                tolerances.put("%s_%s_%dd".formatted(group, name, window), Tolerance.of(sql));
              }
            });
    // a derived column is as uncertain as the columns in it taken together
    pipeline
        .map("features", group, "derive")
        .forEach(
            (name, sql) -> {
              Tolerance sum = Tolerance.ROUNDED;
              for (String token : SqlTokens.of(sql)) {
                Tolerance part = tolerances.get(group + "_" + token);
                sum = part == null ? sum : sum.plus(part);
              }
              tolerances.put(group + "_" + name, sum);
            });
    return tolerances;
  }
}
