package io.millrace.run;

import io.millrace.avro.Quarantined;
import io.millrace.job.score.ScoreCounter;
import io.millrace.job.score.ScoreJob;
import io.millrace.pipeline.BoundScoring;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.spec.ScoreSpec;
import io.millrace.warehouse.Partition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Scoring the entities of a date. */
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
    Partition features =
        workspace
            .warehouse()
            .open(StageId.features(bound.group().name()).mainDataSet(), stage.date());
    return ScoreJob.create(
        workspace.configuration(),
        bound.scoring(),
        workspace.location().path(bound.modelFile()),
        features.paths(),
        stage.fingerprint(),
        output);
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
    return dataSet.equals(ScoreJob.SCORES);
  }
}
