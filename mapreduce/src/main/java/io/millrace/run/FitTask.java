package io.millrace.run;

import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.Preparation;
import io.millrace.model.card.FitSummary;
import io.millrace.pipeline.Training;
import io.millrace.plan.PlannedStage;
import io.millrace.warehouse.Partition;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a model is fitted to.
 *
 * @param configuration of jobs
 * @param rows the training rows, of all parts; their files in the order of the manifest
 * @param preparation of their inputs
 * @param classes that there are to learn, and by how much their rows count
 * @param start weights by which a model in production counts its columns, where the fit is to begin
 *     there; else empty
 * @param work a folder of the fit's own, which does not exist yet and goes with the stage
 * @param progress a folder that survives a run that is killed, for what lets the next one go on; it
 *     belongs to this fingerprint alone, need not exist, and is deleted when the stage is published
 */
record FitTask(
    Configuration configuration,
    Training training,
    PlannedStage stage,
    Partition rows,
    Preparation preparation,
    ClassWeighting classes,
    List<FitSummary.Weight> start,
    Path work,
    Path progress,
    StageJobs jobs) {
  FitTask {
    start = List.copyOf(start);
  }
}
