package io.millrace.plan;

import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import io.millrace.pipeline.Feature;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.spec.SourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The outline of a bound pipeline: what decides the content of each of its stages. */
public final class Outlines {
  private static final int PARTIALS_VERSION = 1;
  private static final int FEATURES_VERSION = 1;

  private Outlines() {}

  public static PipelineOutline of(Pipeline pipeline) {
    List<StageOutline> stages = new ArrayList<>();
    stages.add(CleanOutline.of(pipeline.spec(), pipeline.cleaning()));
    for (FeatureGroup group : pipeline.groups()) {
      stages.add(partials(group));
      stages.add(features(group));
    }
    pipeline.scoring().ifPresent(scoring -> stages.add(ScoreOutline.of(scoring, List.copyOf(stages))));
    return new PipelineOutline(
        pipeline.spec().name().value(),
        pipeline.spec().source().from(),
        pipeline.spec().source().missing() == SourceSpec.Missing.EMPTY,
        stages);
  }

  private static StageOutline partials(FeatureGroup group) {
    StageId clean = StageId.clean();
    String prefix = "features." + group.name() + ".";
    SortedMap<String, String> rowParts = new TreeMap<>();
    rowParts.put(prefix + "entity", group.entity().toString());
    rowParts.put("timezone", group.zone().getId());
    group.where().ifPresent(where -> rowParts.put(prefix + "where", where.sql()));
    Definition rows =
        Definition.of(rowParts)
            .reading(clean, group.entity())
            .reading(clean, List.of(group.eventTime()));
    if (group.where().isPresent()) {
      rows = rows.reading(clean, group.where().get().columns());
    }
    List<String> fields = stateFields(group);
    SortedMap<String, Definition> columns = entityColumns(group, clean);
    for (int number = 0; number < fields.size(); number++) {
      AggregateCall call = group.calls().get(number);
      String field = fields.get(number);
      String text =
          call.function()
              + call.argument().map(argument -> "(" + argument.sql() + ")").orElse("(*)");
      Definition column = Definition.of(Map.of(prefix + "aggregates (" + field + ")", text));
      columns.put(
          field,
          call.argument().isPresent()
              ? column.reading(clean, call.argument().get().columns())
              : column);
    }
    return new StageOutline(
        StageId.partials(group.name()),
        PARTIALS_VERSION,
        rows,
        columns,
        new StageInput.SameDay(clean));
  }

  private static StageOutline features(FeatureGroup group) {
    StageId partials = StageId.partials(group.name());
    String prefix = "features." + group.name() + ".";
    int longest = Collections.max(group.windows());
    // an entity has a row where it has an event in the longest window, which holds all others
    Definition rows =
        Definition.of(
                Map.of(
                    prefix + "windows (longest)",
                    longest + "d",
                    prefix + "delay",
                    group.delayDays() + "d"))
            .reading(partials, List.of());
    List<String> fields = stateFields(group);
    SortedMap<String, Definition> columns = entityColumns(group, partials);
    for (Feature feature : group.features()) {
      List<String> states =
          feature.finish().columns().stream()
              .map(result -> fields.get(FeatureGroup.resultNumber(result)))
              .toList();
      String text = describe(feature.finish(), fields);
      for (int window : group.windows()) {
        Map<String, String> parts =
            Map.of(prefix + "aggregates." + feature.name(), text, prefix + "window", window + "d");
        columns.put(
            group.featureColumn(feature, window), Definition.of(parts).reading(partials, states));
      }
    }
    return new StageOutline(
        StageId.features(group.name()),
        FEATURES_VERSION,
        rows,
        columns,
        new StageInput.Window(partials, group.delayDays() + longest - 1, 0));
  }

  /** Entities are carried on as they are read. */
  private static SortedMap<String, Definition> entityColumns(FeatureGroup group, StageId from) {
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : group.entity()) {
      columns.put(column, Definition.of(Map.of()).reading(from, List.of(column)));
    }
    return columns;
  }

  /** The finishing expression with the partials' fields in the places of the results. */
  private static String describe(TypedExpression finish, List<String> fields) {
    return FeatureGroup.RESULT
        .matcher(finish.sql())
        .replaceAll(match -> fields.get(Integer.parseInt(match.group(1))));
  }

  /** The names of the partials' fields, call by call. */
  private static List<String> stateFields(FeatureGroup group) {
    List<String> fields =
        group.partialSchema().getFields().stream().map(Schema.Field::name).toList();
    return fields.subList(fields.size() - group.calls().size(), fields.size());
  }
}
