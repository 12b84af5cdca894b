package io.millrace.run;

import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskReport;
import io.millrace.plan.DataFile;
import io.millrace.plan.Facts;
import io.millrace.plan.Manifest;
import io.millrace.plan.PartitionContent;
import io.millrace.plan.PartitionRead;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.RawDay;
import io.millrace.plan.RawFile;
import io.millrace.plan.StageKind;
import io.millrace.warehouse.Committer;
import io.millrace.warehouse.Staging;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Makes one partition: job, checks, commit. */
final class StageRunner {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int RULES_SHOWN = 5;

  /** What a stage reads, and the length of it all. */
  private record Inputs(List<PartitionRead> partitions, long bytes) {}

  private final Workspace workspace;
  private final Warehouse warehouse;
  private final Resources resources;
  private final Committer committer;
  private final String run;

  StageRunner(Workspace workspace, String run) throws IOException {
    this.workspace = workspace;
    warehouse = workspace.warehouse();
    resources = new Resources(workspace);
    committer = new Committer(warehouse);
    this.run = run;
  }

  StageOutcome run(PlannedStage stage, JobRunner.Progress progress)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    StageWork work = StageWork.of(stage.stage(), workspace);
    Inputs read = readInputs(stage);
    List<PartitionRead> inputs = read.partitions();
    Staging staging = committer.begin(run, stage.stage(), stage.date());
    SortedMap<String, Long> counts;
    TaskReport report;
    try {
      StageResources asked = resources.ready(stage);
      for (Job before : work.jobsBefore(stage, staging)) {
        asked.apply(before.getConfiguration());
        LocalRuntime.fitSortBuffer(before.getConfiguration(), read.bytes());
        JobRunner.run(before, progress);
      }
      Job job = work.job(stage, staging);
      asked.apply(job.getConfiguration());
      LocalRuntime.fitSortBuffer(job.getConfiguration(), read.bytes());
      Counters counters = JobRunner.run(job, progress);
      TaskFailure.forget(staging.output(), workspace.configuration());
      report = TaskReport.collect(staging.output(), workspace.configuration());
      counts = JobCounts.of(counters, work.counterNames());
      work.notes(counts).forEach(report::addNote);
      String exceeded = work.check(stage, counts);
      if (!exceeded.isEmpty()) {
        String kept = committer.keepQuarantine(staging, stage.outputs().get(0)).toString();
        throw new QualityLimitException(
            "%s By rule: %s. Nothing was published; what was set aside is in %s"
                .formatted(exceeded, RuleShares.text(report.quarantined(), RULES_SHOWN), kept));
      }
      work.finish(stage, staging.output(), report);
      verifyInputs(stage, inputs);
    } catch (IOException | RuntimeException | InterruptedException e) {
      discard(staging, e);
      throw e;
    }
    committer.publish(staging, manifests(stage, work, report, counts, inputs));
    return new StageOutcome.Made(
        new StageResult(
            counts,
            report.quarantined(),
            List.copyOf(report.notes()),
            (System.nanoTime() - started) / NANOS_PER_SECOND));
  }

  private void discard(Staging staging, Exception reason) {
    try {
      committer.discard(staging);
    } catch (IOException e) {
      // the next run cleans up; what went wrong first is what its reader needs
      reason.addSuppressed(e);
    }
  }

  /** The inputs as they stand now; they must be those that were planned with. */
  private Inputs readInputs(PlannedStage stage) throws IOException {
    List<PartitionRead> partitions = new ArrayList<>();
    long bytes = stage.rawFiles().stream().mapToLong(RawFile::length).sum();
    for (PlannedInput input : stage.inputs()) {
      Manifest manifest = warehouse.open(input.dataSet(), input.date()).manifest();
      bytes += manifest.bytes();
      partitions.add(
          new PartitionRead(input.dataSet(), input.date(), input.fingerprint(), manifest.run()));
    }
    return new Inputs(partitions, bytes);
  }

  /**
   * Between the beginning of the work and its publication, nobody may have changed what it is made
   * from.
   */
  private void verifyInputs(PlannedStage stage, List<PartitionRead> inputs) throws IOException {
    for (PartitionRead input : inputs) {
      String now = warehouse.open(input.dataSet(), input.date()).manifest().run();
      if (!now.equals(input.run())) {
        throw changed(
            stage,
            "%s/dt=%s was published again by run %s".formatted(input.dataSet(), input.date(), now));
      }
    }
    if (stage.stage().kind() == StageKind.CLEAN) {
      Facts now = workspace.facts();
      RawDay raw = now.raw(stage.date());
      RawDay planned = new RawDay(raw.present(), stage.rawFiles());
      if (!raw.fingerprint().equals(planned.fingerprint())) {
        throw changed(
            stage, "files of the input of %s came, went or changed".formatted(stage.date()));
      }
    }
  }

  private static InputMissingException changed(PlannedStage stage, String what) {
    return InputMissingException.changed(
        "%s/dt=%s was not published: while it was made, %s. Run the same command again."
            .formatted(stage.stage(), stage.date(), what));
  }

  private List<Manifest> manifests(
      PlannedStage stage,
      StageWork work,
      TaskReport report,
      SortedMap<String, Long> counts,
      List<PartitionRead> inputs) {
    Instant now = Instant.now();
    List<Manifest> manifests = new ArrayList<>();
    for (String dataSet : stage.outputs()) {
      List<DataFile> files = report.files().getOrDefault(dataSet, List.of());
      Schema schema = work.schemas().get(dataSet);
      PartitionContent content =
          new PartitionContent(
              dataSet,
              files,
              "%016x".formatted(SchemaNormalization.parsingFingerprint64(schema)),
              work.isBucketed(dataSet) ? files.size() : null,
              counts,
              List.copyOf(report.notes()),
              stage.stage().kind() == StageKind.CLEAN
                  ? List.copyOf(report.ignoredColumns())
                  : null);
      manifests.add(stage.manifest(run, content, inputs, now));
    }
    return manifests;
  }
}
