package io.millrace.plan;

import io.millrace.aggregate.ResultSettings;
import io.millrace.aggregate.StateCall;
import io.millrace.expression.AggregateCall;
import io.millrace.expression.TypedExpression;
import io.millrace.pipeline.DerivedFeature;
import io.millrace.pipeline.Feature;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.ScoredRows;
import io.millrace.pipeline.ScoringModel;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.SourceSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.apache.avro.Schema;

/** The outline of a bound pipeline: what decides the content of each of its stages. */
public final class Outlines {
  private static final int PARTIALS_VERSION = 3;
  private static final int FEATURES_VERSION = 2;

  private Outlines() {}

  /** The outline of a pipeline of whose registered model, if it has one, there is no version. */
  public static PipelineOutline of(Pipeline pipeline) {
    return of(pipeline, Models.none());
  }

  /** The outline of a pipeline, with the versions of the registered model that it scores with. */
  public static PipelineOutline of(Pipeline pipeline, Models models) {
    List<StageOutline> stages = new ArrayList<>();
    stages.add(CleanOutline.of(pipeline));
    for (FeatureGroup group : pipeline.groups()) {
      stages.add(partials(group));
      stages.add(features(group));
    }
    List<StageOutline> earlier = List.copyOf(stages);
    join(pipeline, earlier).ifPresent(stages::add);
    pipeline
        .training()
        .ifPresent(
            training -> {
              stages.add(TrainingOutline.of(training, earlier));
              stages.add(TrainOutline.of(training));
            });
    pipeline.scoring().ifPresent(scoring -> stages.add(ScoreOutline.of(scoring, earlier)));
    return new PipelineOutline(
        pipeline.spec().name().value(),
        pipeline.spec().source().from(),
        pipeline.spec().source().missing() == SourceSpec.Missing.EMPTY,
        stages,
        pipeline.clustering().map(group -> StageId.partials(group.name())),
        pipeline
            .spec()
            .score()
            .flatMap(ScoreSpec::registered)
            .map(name -> new VersionOutlines(pipeline, name, earlier, models)));
  }

  /**
   * The join, where events are scored with features at all; of a registered model any version may
   * need some.
   */
  static Optional<StageOutline> join(Pipeline pipeline, List<StageOutline> earlier) {
    if (pipeline.scoring().isPresent()
        && pipeline.scoring().get().rows() instanceof ScoredRows.Events events) {
      boolean isRegistered = !(pipeline.scoring().get().model() instanceof ScoringModel.File);
      boolean mayNeedFeatures =
          isRegistered ? !pipeline.groups().isEmpty() : !events.joined().groups().isEmpty();
      LookUp lookUp = new LookUp(StageId.score(), pipeline.spec().join().memoryBytes());
      return mayNeedFeatures
          ? Optional.of(JoinOutline.of(events.joined(), lookUp, earlier))
          : Optional.empty();
    }
    return Optional.empty();
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
      StateCall state = group.states().get(number);
      String field = fields.get(number);
      Definition column =
          Definition.of(Map.of(prefix + "aggregates (" + field + ")", state.definition()));
      columns.put(
          field,
          state.argument().isPresent()
              ? column.reading(clean, state.argument().get().columns())
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
    // of each call, the partials' field that it is finished from, and what it gives in words
    List<String> fields = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (AggregateCall call : group.calls()) {
      StateCall state = StateCall.of(call);
      fields.add(stateFields(group).get(group.states().indexOf(state)));
      results.add(ResultSettings.definition(call, state.definition()));
    }
    SortedMap<String, Definition> columns = entityColumns(group, partials);
    for (Feature feature : group.features()) {
      List<String> states = states(feature, fields);
      String text = describe(feature.finish(), results);
      for (int window : group.windows()) {
        Map<String, String> parts =
            Map.of(prefix + "aggregates." + feature.name(), text, prefix + "window", window + "d");
        columns.put(
            group.featureColumn(feature, window), Definition.of(parts).reading(partials, states));
      }
    }
    for (DerivedFeature column : group.derived()) {
      columns.put(group.derivedColumn(column), derived(group, column, fields, results));
    }
    return new StageOutline(
        StageId.features(group.name()),
        FEATURES_VERSION,
        rows,
        columns,
        new StageInput.Window(partials, group.delayDays() + longest - 1, 0));
  }

  /** A derived column reads what the features read that it is written over. */
  private static Definition derived(
      FeatureGroup group, DerivedFeature column, List<String> fields, List<String> results) {
    String prefix = "features." + group.name() + ".";
    SortedMap<String, String> parts =
        new TreeMap<>(Map.of(prefix + "derive." + column.name(), column.sql().sql()));
    SortedSet<String> states = new TreeSet<>();
    for (Feature feature : group.features()) {
      if (group.windows().stream().map(feature::over).anyMatch(column.sql().columns()::contains)) {
        parts.put(prefix + "aggregates." + feature.name(), describe(feature.finish(), results));
        states.addAll(states(feature, fields));
      }
    }
    return Definition.of(parts).reading(StageId.partials(group.name()), states);
  }

  /** The partials' fields that a feature is finished from. */
  private static List<String> states(Feature feature, List<String> fields) {
    return feature.results().stream()
        .map(result -> fields.get(FeatureGroup.resultNumber(result)))
        .toList();
  }

  /** Entities are carried on as they are read. */
  private static SortedMap<String, Definition> entityColumns(FeatureGroup group, StageId from) {
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String column : group.entity()) {
      columns.put(column, Definition.of(Map.of()).reading(from, List.of(column)));
    }
    return columns;
  }

  /** The finishing expression with the results as they follow from the partials' states. */
  private static String describe(TypedExpression finish, List<String> results) {
    return FeatureGroup.RESULT
        .matcher(finish.sql())
        .replaceAll(
            match -> Matcher.quoteReplacement(results.get(Integer.parseInt(match.group(1)))));
  }

  /** The names of the partials' fields, state by state. */
  private static List<String> stateFields(FeatureGroup group) {
    List<String> fields =
        group.partialSchema().getFields().stream().map(Schema.Field::name).toList();
    return fields.subList(fields.size() - group.states().size(), fields.size());
  }
}
