package io.millrace.run;

import io.millrace.avro.Quarantined;
import io.millrace.job.score.FeatureLookup;
import io.millrace.job.score.ScoreCounter;
import io.millrace.job.score.ScoreJob;
import io.millrace.pipeline.BoundScoring;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.ScoredRows;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.spec.ScoreSpec;
import io.millrace.warehouse.Partition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Scoring the entities of a date, or the events that landed on it. */
final class ScoreWork implements StageWork {
  private final Workspace workspace;
  private final BoundScoring bound;
  private final ScoreSpec spec;

  ScoreWork(Workspace workspace) {
    this.workspace = workspace;
    bound = workspace.pipeline().scoring().orElseThrow();
    spec = workspace.pipeline().spec().score().orElseThrow();
  }

  @Override
  public Job job(PlannedStage stage, Path output) throws IOException {
    return bound.rows() instanceof ScoredRows.Events events
        ? jobOfEvents(events.joined(), stage, output)
        : ScoreJob.create(
            workspace.configuration(),
            bound.scoring(),
            workspace.location().path(bound.modelFile()),
            input(stage, stage.inputs().get(0).stage()).orElseThrow().paths(),
            stage.fingerprint(),
            output);
  }

  private Job jobOfEvents(JoinedRows joined, PlannedStage stage, Path output) throws IOException {
    return ScoreJob.create(
        workspace.configuration(),
        bound.scoring(),
        workspace.location().path(bound.modelFile()),
        input(stage, StageId.clean()).orElseThrow().paths(),
        lookup(joined, stage),
        stage.fingerprint(),
        output);
  }

  private FeatureLookup lookup(JoinedRows joined, PlannedStage stage) throws IOException {
    List<List<FeatureLookup.Features>> features = new ArrayList<>();
    for (JoinedRows.Entity entity : joined.entities()) {
      List<FeatureLookup.Features> groups = new ArrayList<>();
      for (JoinedRows.Group group : entity.groups()) {
        Optional<Partition> partition = input(stage, StageId.features(group.group().name()));
        groups.add(
            new FeatureLookup.Features(
                partition.map(Partition::paths).orElse(List.of()).stream()
                    .map(Path::toString)
                    .toList(),
                partition.map(found -> found.manifest().records()).orElse(0L)));
      }
      features.add(groups);
    }
    return new FeatureLookup(EventJoin.settings(joined, stage.date()), features);
  }

  /** What a stage reads of another, or nothing where history has not begun. */
  private Optional<Partition> input(PlannedStage stage, StageId of) throws IOException {
    for (PlannedInput input : stage.inputs()) {
      if (input.stage().equals(of)) {
        return Optional.of(workspace.warehouse().open(input.dataSet(), input.date()));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> counterNames() {
    return Arrays.stream(ScoreCounter.values()).map(ScoreCounter::counterName).toList();
  }

  @Override
  public String check(PlannedStage stage, SortedMap<String, Long> counts) {
    long read = counts.get(ScoreCounter.ROWS_READ.counterName());
    long scored = counts.get(ScoreCounter.ROWS_SCORED.counterName());
    long quarantined = counts.get(ScoreCounter.ROWS_QUARANTINED.counterName());
    if (read != scored + quarantined) {
      throw new StageFailedException(
          "Rows were lost or doubled: %d were read, but %d scored + %d set aside are %d. Nothing was published."
              .formatted(read, scored, quarantined, scored + quarantined));
    }
    return QualityLimit.exceeded(
        stage, "rows could not be scored", quarantined, read, spec.failAbove(), "score.fail_above");
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(
        ScoreJob.SCORES, bound.scoring().scores().toAvro(),
        ScoreJob.QUARANTINE, Quarantined.getClassSchema());
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return dataSet.equals(ScoreJob.SCORES) && bound.rows() instanceof ScoredRows.Entities;
  }
}
