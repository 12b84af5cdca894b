package io.millrace.run;

import io.millrace.job.features.FeaturesJob;
import io.millrace.job.io.AvroRecordReader;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.plan.Facts;
import io.millrace.plan.Manifest;
import io.millrace.plan.PipelineOutline;
import io.millrace.plan.Plan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.row.RowResolution;
import io.millrace.row.RowType;
import io.millrace.spec.FeatureGroupSpec;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;

/**
 * Whether partitions that a plan reads and does not make can be read as the spec has their columns
 * now. Opens files of those only whose columns had another definition when they were made.
 */
final class StandingColumns {
  private final Workspace workspace;
  private final Pipeline pipeline;
  private final PipelineOutline outline;
  private final Facts facts;

  StandingColumns(Workspace workspace, PipelineOutline outline, Facts facts) {
    this.workspace = workspace;
    this.outline = outline;
    this.facts = facts;
    pipeline = workspace.pipeline();
  }

  /** A problem, as many partitions may have it, where it stands in the spec. */
  private record Finding(StageId stage, String problem) {}

  /**
   * Checks a plan.
   *
   * @throws SpecException naming the partitions, and both types of their columns
   */
  void check(Plan plan) throws IOException {
    Map<Finding, List<String>> found = new LinkedHashMap<>();
    for (PlannedStage stage : plan.toRun()) {
      for (PlannedInput input : stage.inputs()) {
        SortedSet<String> columns =
            outline.stage(stage.stage(), stage.date()).readOf(input.stage());
        for (String problem : problems(input, columns)) {
          List<String> partitions =
              found.computeIfAbsent(
                  new Finding(input.stage(), problem), finding -> new ArrayList<>());
          String name = "%s/dt=%s".formatted(input.dataSet(), input.date());
          if (!partitions.contains(name)) {
            partitions.add(name);
          }
        }
      }
    }
    if (!found.isEmpty()) {
      List<Problem> problems = new ArrayList<>();
      found.forEach(
          (finding, partitions) ->
              problems.add(new Problem(place(finding.stage()), message(finding, partitions))));
      throw new SpecException(problems);
    }
  }

  private static String message(Finding finding, List<String> partitions) {
    int more = partitions.size() - 1;
    return "Cannot read %s%s, which %s not made again: %s. %s; or bring back what %s made from"
        .formatted(
            partitions.get(0),
            more == 0 ? "" : " and %d more".formatted(more),
            more == 0 ? "is" : "are",
            finding.problem(),
            switch (finding.stage().kind()) {
              case CLEAN ->
                  "Keep the old type or a wider one, name a column's old name in its aliases, or give it a default";
              case PARTIALS, FEATURES, JOIN, TRAINING, TRAIN, SCORE ->
                  "Leave the group's entity and aggregates as they were, or move source.from behind these dates";
            },
            more == 0 ? "it was" : "they were");
  }

  private List<String> problems(PlannedInput input, SortedSet<String> columns) throws IOException {
    boolean isMadeFirst = input.bytes().isEmpty();
    Manifest manifest = facts.manifest(input.dataSet(), input.date()).orElse(null);
    if (isMadeFirst
        || manifest == null
        || manifest.files().isEmpty()
        || isAsDefined(manifest, outline.stage(input.stage()), columns)) {
      return List.of();
    }
    Path folder = workspace.warehouse().partitionPath(input.dataSet(), input.date());
    Schema written = schema(new Path(folder, manifest.files().get(0).name()));
    return switch (input.stage().kind()) {
      case CLEAN ->
          new RowResolution(RowType.fromAvro(written), pipeline.cleaning().rows(), columns)
              .problems();
      case PARTIALS -> FeaturesJob.unreadable(written, group(input)).stream().toList();
      case FEATURES ->
          new RowResolution(RowType.fromAvro(written), group(input).featureType(), columns)
              .problems();
      case JOIN, TRAINING, TRAIN, SCORE -> List.of();
    };
  }

  private FeatureGroup group(PlannedInput input) {
    return pipeline.group(input.stage().group().orElseThrow());
  }

  /** Whether the columns were defined then as they are now, so that their types are the same. */
  private static boolean isAsDefined(
      Manifest manifest, StageOutline stage, SortedSet<String> columns) {
    return columns.stream()
        .allMatch(
            column ->
                stage
                    .columns()
                    .get(column)
                    .parts()
                    .equals(manifest.definition().columns().get(column)));
  }

  private Schema schema(Path file) throws IOException {
    try (AvroRecordReader reader = AvroRecordReader.open(file, workspace.configuration())) {
      return reader.schema();
    }
  }

  private Location place(StageId stage) {
    return stage
        .group()
        .flatMap(
            name ->
                pipeline.spec().features().stream()
                    .map(FeatureGroupSpec::name)
                    .filter(group -> group.value().equals(name))
                    .findFirst())
        .orElse(pipeline.spec().source().schema())
        .at();
  }
}
