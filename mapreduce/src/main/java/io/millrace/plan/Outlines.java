package io.millrace.plan;

import io.millrace.pipeline.Feature;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.Scoring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The outline of a bound pipeline: what decides the content of each of its stages. */
public final class Outlines {
  private static final int PARTIALS_VERSION = 1;
  private static final int FEATURES_VERSION = 1;
  private static final int SCORE_VERSION = 1;

  private Outlines() {}

  public static PipelineOutline of(Pipeline pipeline) {
    List<StageOutline> stages = new ArrayList<>();
    stages.add(CleanOutline.of(pipeline.spec(), pipeline.cleaning()));
    for (FeatureGroup group : pipeline.groups()) {
      stages.add(partials(group));
      stages.add(features(group));
    }
    pipeline.scoring().ifPresent(scoring -> stages.add(score(scoring)));
    return new PipelineOutline(
        pipeline.spec().name().value(),
        pipeline.spec().source().from(),
        pipeline.spec().source().missing() == io.millrace.spec.SourceSpec.Missing.EMPTY,
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
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (int call = 0; call < group.calls().size(); call++) {
      var argument = group.calls().get(call).argument();
      Definition column =
          Definition.of(
              Map.of(prefix + group.stateField(call), group.calls().get(call).toString()));
      columns.put(
          group.stateField(call),
          argument.isPresent() ? column.reading(clean, argument.get().columns()) : column);
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
    Map<String, String> time =
        Map.of(
            prefix + "windows", group.windows().toString(),
            prefix + "delay", group.delayDays() + "d");
    Definition rows = Definition.of(time).reading(partials, List.of());
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (Feature feature : group.features()) {
      List<String> states =
          feature.finish().columns().stream().map(group::stateFieldOfResult).toList();
      String aggregate = prefix + "aggregates." + feature.name();
      for (int window : group.windows()) {
        columns.put(
            group.featureColumn(feature, window),
            Definition.of(Map.of(aggregate, feature.sql())).reading(partials, states));
      }
    }
    int longest = Collections.max(group.windows());
    return new StageOutline(
        StageId.features(group.name()),
        FEATURES_VERSION,
        rows,
        columns,
        new StageInput.Window(partials, group.delayDays() + longest - 1, 0));
  }

  private static StageOutline score(Scoring scoring) {
    StageId features = StageId.features(scoring.group());
    Definition rows =
        Definition.of(
                Map.of(
                    "score.group", scoring.group(),
                    "score.inputs", scoring.inputs().toString(),
                    "score.output", scoring.output().toString()))
            .reading(features, scoring.readColumns());
    SortedMap<String, Definition> columns =
        scoring.keep().stream()
            .collect(
                Collectors.toMap(
                    column -> column,
                    column -> Definition.of(Map.of("score.keep." + column, column)),
                    (a, b) -> a,
                    TreeMap::new));
    columns.put("score", Definition.of(Map.of()));
    return new StageOutline(
        StageId.score(),
        SCORE_VERSION,
        rows,
        columns,
        List.of(new StageInput.SameDay(features)),
        new TreeMap<>(Map.of("score.model", scoring.modelFingerprint())));
  }
}
