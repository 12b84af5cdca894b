package io.millrace.pipeline;

import io.millrace.aggregate.Aggregates;
import io.millrace.aggregate.ResultSettings;
import io.millrace.aggregate.StateCall;
import io.millrace.aggregate.StateFields;
import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.RowType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A feature group bound to the clean rows.
 *
 * @param entity columns that name an entity
 * @param eventTime column that says on which day an event counts
 * @param zone in which days count
 * @param windows lengths in days, ascending
 * @param delayDays how many days before the date the windows end
 * @param where which records count
 * @param calls what is aggregated, each call once
 * @param derived columns behind the features of all windows
 */
public record FeatureGroup(
    String name,
    RowType clean,
    List<String> entity,
    String eventTime,
    ZoneId zone,
    List<Integer> windows,
    int delayDays,
    Optional<TypedExpression> where,
    List<AggregateCall> calls,
    List<Feature> features,
    List<DerivedFeature> derived) {
  /** Field of a partial: the day on which its events happened. */
  public static final String EVENT_DAY = "event_day";

  /** How a finishing expression names the result of a call: by its number. */
  public static final Pattern RESULT = Pattern.compile("\\$(\\d+)");

  public FeatureGroup {
    entity = List.copyOf(entity);
    windows = List.copyOf(windows);
    calls = List.copyOf(calls);
    features = List.copyOf(features);
    derived = List.copyOf(derived);
  }

  /** The columns that name an entity; never NULL, as records without an entity do not count. */
  public RowType entityType() {
    List<Column> columns =
        entity.stream()
            .map(clean::column)
            .map(
                column ->
                    new Column(
                        column.name(),
                        column.type().withNullable(false),
                        Set.of(),
                        Objects.requireNonNullElse(
                            column.doc(), "Column of the clean records that names the entity."),
                        null))
            .toList();
    return new RowType(recordName("Entity"), columns);
  }

  /** What is stored of one entity and event day. */
  public Schema partialSchema() {
    List<Schema.Field> fields = new ArrayList<>(entityType().toAvro().getFields());
    fields.replaceAll(field -> new Schema.Field(field, field.schema()));
    fields.add(
        new Schema.Field(
            EVENT_DAY,
            LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)),
            "Day on which the events happened, in zone " + zone + "."));
    fields.addAll(StateFields.of(states(), fields.stream().map(Schema.Field::name).toList()));
    return Schema.createRecord(
        recordName("Partial"),
        "What one day's records say of an entity on one event day, as states that merge. Sorted by"
            + " (XXH64 of the encoded entity, encoded entity, event day).",
        null,
        false,
        fields);
  }

  /** What is kept for the calls, in the order of the fields that partials have for it. */
  public List<StateCall> states() {
    return StateCall.of(calls);
  }

  /** One row an entity: its columns, all features of the first window, of the second…, derived. */
  public RowType featureType() {
    List<Column> columns = new ArrayList<>(entityType().columns());
    for (int window : windows) {
      for (Feature feature : features) {
        columns.add(
            new Column(
                featureColumn(feature, window),
                featureColumnType(feature),
                Set.of(),
                featureDoc(feature, window),
                null));
      }
    }
    for (DerivedFeature column : derived) {
      columns.add(
          new Column(
              derivedColumn(column),
              column.sql().type().withNullable(true),
              Set.of(),
              column.sql().sql() + "; null where it has no value.",
              null));
    }
    return new RowType(recordName("Features"), columns);
  }

  /** What derived columns are written over: features by name and window, and WINDOW_END. */
  public RowType deriveScope() {
    return deriveScope(features, windows);
  }

  static RowType deriveScope(List<Feature> features, List<Integer> windows) {
    List<Column> columns = new ArrayList<>();
    for (int window : windows) {
      for (Feature feature : features) {
        columns.add(new Column(feature.over(window), featureColumnType(feature)));
      }
    }
    columns.add(Aggregates.WINDOW_END);
    return new RowType("features", columns);
  }

  /** The column of a feature over a window. */
  public String featureColumn(Feature feature, int window) {
    return name + "_" + feature.over(window);
  }

  /** The column of a derived feature. */
  public String derivedColumn(DerivedFeature column) {
    return name + "_" + column.name();
  }

  /** The number of the call whose result a finishing expression names. */
  public static int resultNumber(String column) {
    Matcher matcher = RESULT.matcher(column);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Cannot find result " + column + ": results are named $0, $1…");
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** The columns of clean records that count for partials. */
  public List<String> readColumns() {
    Set<String> columns = new LinkedHashSet<>(entity);
    columns.add(eventTime);
    where.ifPresent(condition -> columns.addAll(condition.columns()));
    for (AggregateCall call : calls) {
      call.argument().ifPresent(argument -> columns.addAll(argument.columns()));
    }
    return List.copyOf(columns);
  }

  private static ColumnType featureColumnType(Feature feature) {
    ColumnType type = feature.finish().type();
    // only a count and nothing else is never NULL: what is computed may fail
    boolean isCount = feature.finish().column().isPresent() && !type.nullable();
    return type.withNullable(!isCount);
  }

  private String featureDoc(Feature feature, int window) {
    String sql =
        RESULT
            .matcher(feature.finish().sql())
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        ResultSettings.label(calls.get(Integer.parseInt(match.group(1))))));
    return "%s over %s%s%s."
        .formatted(
            sql,
            window == 1 ? "1 day" : window + " days",
            delayDays == 0
                ? ""
                : " that %s %d days before the date"
                    .formatted(window == 1 ? "ends" : "end", delayDays),
            featureColumnType(feature).nullable() ? "; null where it has no value" : "");
  }

  private String recordName(String kind) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + kind;
  }
}
