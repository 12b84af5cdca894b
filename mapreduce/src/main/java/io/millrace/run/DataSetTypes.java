package io.millrace.run;

import io.millrace.fixture.DataSetType;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.Training;
import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.row.Column;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The data sets that a pipeline makes, with their columns. */
final class DataSetTypes {
  private static final String QUARANTINE = "quarantine/";

  private DataSetTypes() {}

  /** In the order of the stages, each stage's main one first. */
  static List<DataSetType> of(Workspace workspace) {
    List<DataSetType> types = new ArrayList<>();
    for (StageOutline outline : workspace.outline().stages()) {
      StageId stage = outline.id();
      Map<String, Schema> schemas = StageWork.of(stage, workspace).schemas();
      List<DataSetType> ofStage = new ArrayList<>();
      for (String dataSet : stage.dataSets()) {
        boolean quarantine = dataSet.startsWith(QUARANTINE);
        ofStage.add(
            0,
            new DataSetType(
                dataSet,
                schemas.get(dataSet),
                quarantine ? List.of() : key(stage, workspace),
                quarantine ? Set.of("reason") : Set.of()));
      }
      types.addAll(ofStage);
    }
    return types;
  }

  private static List<String> key(StageId stage, Workspace workspace) {
    return switch (stage.kind()) {
      case CLEAN ->
          workspace.pipeline().spec().clean().deduplicate()
                  instanceof CleanSpec.Deduplicate.ByKey by
              ? by.columns().stream().map(Located::value).toList()
              : List.of();
      case PARTIALS, FEATURES -> workspace.pipeline().group(stage.group().orElseThrow()).entity();
      case JOIN -> joinKey(workspace);
      case TRAINING -> trainingKey(workspace);
      case TRAIN -> List.of();
      case SCORE -> scoreKey(workspace);
    };
  }

  /** The record's own, where scoring reads all of it. */
  private static List<String> joinKey(Workspace workspace) {
    List<String> record = key(StageId.clean(), workspace);
    return JoinInputs.joinedRows(workspace).kept().containsAll(record) ? record : List.of();
  }

  /** A row may be there for each snapshot date. */
  private static List<String> trainingKey(Workspace workspace) {
    Training training = workspace.pipeline().training().orElseThrow();
    List<String> key = new ArrayList<>(training.key().stream().map(Column::name).toList());
    if (!key.isEmpty()) {
      key.add(Training.EXAMPLE_DATE);
    }
    return key;
  }

  /** Those of the kept columns that name an entity or a record. */
  private static List<String> scoreKey(Workspace workspace) {
    Pipeline pipeline = workspace.pipeline();
    List<String> kept = pipeline.scoring().orElseThrow().scoring().keep();
    return kept.stream()
        .filter(
            column ->
                pipeline.groups().stream().anyMatch(group -> group.entity().contains(column))
                    || key(StageId.clean(), workspace).contains(column))
        .toList();
  }
}
