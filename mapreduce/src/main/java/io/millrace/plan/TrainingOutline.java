package io.millrace.plan;

import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.Training;
import io.millrace.pipeline.Training.Source;
import io.millrace.row.Column;
import io.millrace.spec.SpecPrinter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What decides the content of training sets. */
final class TrainingOutline {
  private static final int VERSION = 1;

  /** What of the spec decides which rows there are, their label, weight and part. */
  private static final List<String> PARTS =
      List.of("train.label.", "train.snapshots", "train.sample.", "train.split.");

  private final Training training;
  private final List<StageOutline> earlier;

  private TrainingOutline(Training training, List<StageOutline> earlier) {
    this.training = training;
    this.earlier = earlier;
  }

  /**
   * The outline.
   *
   * @param earlier the stages that make clean records and features
   */
  static StageOutline of(Training training, List<StageOutline> earlier) {
    return new TrainingOutline(training, earlier).outline();
  }

  private StageOutline outline() {
    SortedMap<String, Definition> columns =
        training.source() instanceof Source.Events events
            ? JoinOutline.columns(events.joined(), earlier)
            : ofEntities((Source.Entities) training.source());
    columns.keySet().retainAll(training.rows().names());
    Definition rows = rows();
    if (isDrawnByWholeRows()) {
      for (Definition column : columns.values()) {
        rows = rows.and(column);
      }
    }
    for (String column : Training.EXAMPLE_COLUMNS) {
      columns.put(column, Definition.of(Map.of()));
    }
    return new StageOutline(
        StageId.training(), VERSION, rows, columns, inputs(), Collections.emptySortedMap());
  }

  /** Rows without a key are told by all that they have. */
  private boolean isDrawnByWholeRows() {
    return training.key().isEmpty()
        && (training.split(training.snapshots().firstTrainingDate()).isDrawn()
            || training.spec().negatives().compareTo(BigDecimal.ONE) < 0);
  }

  private Definition rows() {
    SortedMap<String, String> parts = new TreeMap<>();
    SpecPrinter.parts(training.spec())
        .forEach(
            (part, value) -> {
              if (PARTS.stream().anyMatch(part::startsWith)) {
                parts.put(part, value);
              }
            });
    parts.put("train.split.gap", training.gapDays() + "d");
    List<String> key = training.key().stream().map(Column::name).toList();
    if (training.source() instanceof Source.Events events) {
      return Definition.of(parts)
          .reading(StageId.clean(), events.label().columns())
          .reading(StageId.clean(), key);
    }
    Source.Entities entities = (Source.Entities) training.source();
    parts.put("timezone", entities.group().zone().getId());
    parts.put("train.label.group", entities.group().name());
    return Definition.of(parts)
        .reading(StageId.features(entities.group().name()), key)
        .reading(StageId.clean(), entities.cleanColumns());
  }

  private SortedMap<String, Definition> ofEntities(Source.Entities entities) {
    SortedMap<String, Definition> columns = new TreeMap<>();
    List<FeatureGroup> groups = new ArrayList<>(List.of(entities.group()));
    groups.addAll(entities.besides());
    for (FeatureGroup group : groups) {
      StageId features = StageId.features(group.name());
      boolean isBeside = !group.name().equals(entities.group().name());
      for (String column : group.featureType().names()) {
        Definition definition = Definition.of(Map.of()).reading(features, List.of(column));
        columns.putIfAbsent(
            column,
            isBeside
                ? definition.and(
                    Definition.of(JoinOutline.valueWithoutFeatures(group, column, earlier)))
                : definition);
      }
    }
    return columns;
  }

  private List<StageInput> inputs() {
    List<StageInput> inputs = new ArrayList<>();
    if (training.source() instanceof Source.Events events) {
      inputs.add(new StageInput.OfSnapshots(StageId.clean(), training.snapshots(), 0));
      for (JoinedRows.Group group : events.joined().groups()) {
        inputs.add(
            new StageInput.OfSnapshots(
                StageId.features(group.group().name()), training.snapshots(), 1));
      }
      return inputs;
    }
    Source.Entities entities = (Source.Entities) training.source();
    inputs.add(
        new StageInput.OfSnapshots(
            StageId.features(entities.group().name()), training.snapshots(), 0));
    for (FeatureGroup beside : entities.besides()) {
      inputs.add(
          new StageInput.OfSnapshots(StageId.features(beside.name()), training.snapshots(), 0));
    }
    inputs.add(new StageInput.SinceSnapshots(StageId.clean(), training.snapshots()));
    return inputs;
  }
}
