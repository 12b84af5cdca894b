package io.millrace.run;

import io.millrace.plan.PlannedStage;
import io.millrace.warehouse.Partition;
import org.apache.hadoop.fs.Path;

/**
 * What a model is fitted to.
 *
 * @param rows the training rows; their files in the order of the manifest
 * @param work a folder of the fit's own, which does not exist yet and goes with the stage
 * @param progress a folder that survives a run that is killed, for what lets the next one go on; it
 *     belongs to this fingerprint alone, need not exist, and is deleted when the stage is published
 */
record FitTask(
    Workspace workspace,
    PlannedStage stage,
    Partition rows,
    Path work,
    Path progress,
    StageJobs jobs) {}
