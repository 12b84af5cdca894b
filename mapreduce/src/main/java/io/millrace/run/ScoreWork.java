package io.millrace.run;

import io.millrace.avro.Quarantined;
import io.millrace.job.score.ScoreCounter;
import io.millrace.job.score.ScoreJob;
import io.millrace.pipeline.BoundScoring;
import io.millrace.pipeline.ScoredRows;
import io.millrace.pipeline.ScoringModel;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.spec.ScoreSpec;
import io.millrace.warehouse.ModelRegistry;
import io.millrace.warehouse.Partition;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Scoring the entities of a date, or the events that landed on it. */
final class ScoreWork implements JobChain {
  private final Workspace workspace;
  private final BoundScoring bound;
  private final ScoreSpec spec;

  ScoreWork(Workspace workspace) {
    this.workspace = workspace;
    bound = workspace.pipeline().scoring().orElseThrow();
    spec = workspace.pipeline().spec().score().orElseThrow();
  }

  @Override
  public Job job(PlannedStage stage, Staging staging) throws IOException {
    return switch (spec.rows()) {
      case ENTITIES -> job(stage, features(stage), staging.output());
      case EVENTS -> jobOfEvents(stage, staging.output());
    };
  }

  private Partition features(PlannedStage stage) throws IOException {
    PlannedInput features = stage.inputs().get(0);
    return workspace.warehouse().open(features.dataSet(), features.date());
  }

  /** A job that scores the rows of a partition as they are. */
  private Job job(PlannedStage stage, Partition rows, Path output) throws IOException {
    return ScoreJob.create(
        workspace.configuration(),
        bound.scoring(),
        modelFile(),
        rows.paths(),
        stage.fingerprint(),
        output);
  }

  private Job jobOfEvents(PlannedStage stage, Path output) throws IOException {
    JoinInputs inputs = JoinInputs.of(workspace, stage);
    if (inputs.leftOut().isPresent()) {
      Job job =
          ScoreJob.create(
              workspace.configuration(),
              bound.scoring(),
              modelFile(),
              inputs.cleanFiles(),
              inputs.lookup(),
              stage.fingerprint(),
              output);
      LocalRuntime.fitMaps(job.getConfiguration(), inputs.memoryOfLookup());
      return job;
    }
    Partition joined = workspace.warehouse().open(StageId.join().mainDataSet(), stage.date());
    if (!inputs.areThoseOf(joined)) {
      throw InputMissingException.changed(
          "%s/dt=%s was not made: %s/dt=%s was published again meanwhile, from other inputs. Run the same command again."
              .formatted(stage.stage(), stage.date(), StageId.join().mainDataSet(), stage.date()));
    }
    return job(stage, joined, output);
  }

  private Path modelFile() throws IOException {
    // Java 17 has no patterns in switch
    if (bound.model() instanceof ScoringModel.File file) {
      return workspace.location().path(file.path());
    }
    if (bound.model() instanceof ScoringModel.Version version) {
      return new ModelRegistry(workspace.warehouse()).onnx(version.name(), version.version());
    }
    throw new IllegalStateException("Cannot score with " + bound.model() + ": no version of it");
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
