package io.millrace.run;

import io.millrace.job.join.AssembleJob;
import io.millrace.job.join.JoinCounter;
import io.millrace.job.join.Joining;
import io.millrace.job.join.MatchJob;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Bringing the clean rows of a date and the features of their entities together. */
final class JoinWork implements JobChain {
  private final Workspace workspace;

  JoinWork(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public List<Job> jobsBefore(PlannedStage stage, Staging staging) throws IOException {
    return List.of(
        MatchJob.create(
            workspace.configuration(),
            joining(stage, staging),
            stage.fingerprint(),
            matches(staging)));
  }

  @Override
  public Job job(PlannedStage stage, Staging staging) throws IOException {
    return AssembleJob.create(
        workspace.configuration(),
        joining(stage, staging),
        Optional.of(matches(staging)),
        stage.fingerprint(),
        staging.output());
  }

  private Joining joining(PlannedStage stage, Staging staging) throws IOException {
    return new Joining(
        JoinInputs.of(workspace, stage).jobInput(), Optional.empty(), staging.work("join"));
  }

  private static Path matches(Staging staging) {
    return staging.work("matches");
  }

  @Override
  public List<String> counterNames() {
    return Arrays.stream(JoinCounter.values()).map(JoinCounter::counterName).toList();
  }

  @Override
  public String check(PlannedStage stage, SortedMap<String, Long> counts) {
    long read = counts.get(JoinCounter.ROWS_READ.counterName());
    long written = counts.get(JoinCounter.ROWS_WRITTEN.counterName());
    if (read != written) {
      throw new StageFailedException(
          "Rows were lost or doubled: %d were read, but %d written. Nothing was published."
              .formatted(read, written));
    }
    return "";
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(StageId.join().mainDataSet(), JoinInputs.joinedRows(workspace).type().toAvro());
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return false;
  }
}
