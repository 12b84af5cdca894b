package io.millrace.job;

import io.millrace.aggregate.Aggregates;
import io.millrace.expression.AggregateCall;
import io.millrace.expression.AggregateExpression;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.ExpressionException;
import io.millrace.expression.TypedExpression;
import io.millrace.pipeline.DerivedFeature;
import io.millrace.pipeline.Feature;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes feature groups of SQL, for tests. */
public final class FeatureGroups {
  private static final Pattern RESULT = Pattern.compile("\\$(\\d+)");

  private final RowType clean;
  private final ZoneId zone;
  private final String eventTime;
  private final ExpressionCompiler compiler;

  private String name = "card";
  private List<String> entity = List.of();
  private List<Integer> windows = List.of(1);
  private int delayDays;
  private Optional<TypedExpression> where = Optional.empty();
  private final Map<String, String> aggregates = new LinkedHashMap<>();
  private final Map<String, String> derived = new LinkedHashMap<>();

  public FeatureGroups(RowType clean, ZoneId zone, String eventTime) {
    this.clean = clean;
    this.zone = zone;
    this.eventTime = eventTime;
    compiler = new ExpressionCompiler(zone);
  }

  public FeatureGroups name(String newName) {
    name = newName;
    return this;
  }

  public FeatureGroups entity(String... columns) {
    entity = List.of(columns);
    return this;
  }

  public FeatureGroups windows(Integer... days) {
    windows = List.of(days);
    return this;
  }

  public FeatureGroups delay(int days) {
    delayDays = days;
    return this;
  }

  public FeatureGroups where(String sql) throws ExpressionException {
    where = Optional.of(compiler.parseCondition(sql, clean));
    return this;
  }

  public FeatureGroups aggregate(String feature, String sql) {
    aggregates.put(feature, sql);
    return this;
  }

  public FeatureGroups derive(String column, String sql) {
    derived.put(column, sql);
    return this;
  }

  public FeatureGroup build() throws ExpressionException {
    List<AggregateCall> calls = new ArrayList<>();
    Map<String, String> finishes = new LinkedHashMap<>();
    for (Map.Entry<String, String> aggregate : aggregates.entrySet()) {
      AggregateExpression expression =
          compiler.parseAggregate(aggregate.getValue(), clean, new Aggregates());
      int[] numbers = new int[expression.calls().size()];
      for (int i = 0; i < numbers.length; i++) {
        AggregateCall call = expression.calls().get(i);
        if (!calls.contains(call)) {
          calls.add(call);
        }
        numbers[i] = calls.indexOf(call);
      }
      finishes.put(
          aggregate.getKey(),
          RESULT
              .matcher(expression.finishSql())
              .replaceAll(match -> "\\$" + numbers[Integer.parseInt(match.group(1))]));
    }
    List<Feature> features = new ArrayList<>();
    for (Map.Entry<String, String> finish : finishes.entrySet()) {
      features.add(
          new Feature(
              finish.getKey(), compiler.parse(finish.getValue(), Aggregates.results(calls))));
    }
    FeatureGroup plain =
        new FeatureGroup(
            name, clean, entity, eventTime, zone, windows, delayDays, where, calls, features,
            List.of());
    List<DerivedFeature> columns = new ArrayList<>();
    for (Map.Entry<String, String> column : derived.entrySet()) {
      columns.add(
          new DerivedFeature(
              column.getKey(), compiler.parse(column.getValue(), plain.deriveScope())));
    }
    return new FeatureGroup(
        name, clean, entity, eventTime, zone, windows, delayDays, where, calls, features, columns);
  }
}
