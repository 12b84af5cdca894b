package io.millrace.run;

import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskReport;
import io.millrace.plan.Alongside;
import io.millrace.plan.DataFile;
import io.millrace.plan.Facts;
import io.millrace.plan.Manifest;
import io.millrace.plan.PartitionContent;
import io.millrace.plan.PartitionRead;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.RawDay;
import io.millrace.plan.RawFile;
import io.millrace.plan.StageGraph;
import io.millrace.plan.StageKind;
import io.millrace.plan.StageOutline;
import io.millrace.run.JobPlaces.JobPlace;
import io.millrace.warehouse.Committer;
import io.millrace.warehouse.LeaseTiming;
import io.millrace.warehouse.RunEnvironment;
import io.millrace.warehouse.Staging;
import io.millrace.warehouse.Unit;
import io.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes partitions of one run, one after the other or side by side: lease, job, checks, commit.
 * Thread-safe.
 */
final class StageRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int RULES_SHOWN = 5;

  /** What a stage reads, and the length of it all. */
  private record Inputs(List<PartitionRead> partitions, long bytes) {}

  private final Workspace workspace;
  private final Warehouse warehouse;
  private final Committer committer;
  private final JobPlaces places;
  private final RunContext context;
  private final PlanAgain planAgain;
  private final Queue<PlannedStage> prepared = new ConcurrentLinkedQueue<>();

  StageRunner(Workspace workspace, RunContext context, PlanAgain planAgain) throws IOException {
    this.workspace = workspace;
    this.context = context;
    this.planAgain = planAgain;
    warehouse = workspace.warehouse();
    places = new JobPlaces(workspace, context);
    committer =
        new Committer(
            warehouse,
            context.run(),
            context.command(),
            RunEnvironment.of(LeaseTiming.of(workspace.configuration()))
                .withOrphans(new OrphanedJobs(workspace.configuration())));
  }

  /** Finishes or undoes what dead runs have left of the pipeline; waits for nobody. */
  void settleLeftovers() {
    committer.settleLeftovers(workspace.outline().stages().stream().map(StageOutline::id).toList());
  }

  /** Learns what the run is about to make, so that what takes a while can begin. */
  void expect(StageGraph graph) {
    places.expect(graph);
  }

  /** The same for a stage that no other of the run is made beside. */
  StageOutcome run(PlannedStage planned, Alongside alongside, JobRunner.Progress progress)
      throws IOException, InterruptedException {
    return run(planned, alongside, true, progress);
  }

  /**
   * Makes a stage, unless another run has made it meanwhile.
   *
   * @param alongside what is planned to be made in one job with it
   * @param alone whether no other stage of the run is made meanwhile: then it has all memory of
   *     this process
   * @throws io.millrace.warehouse.LeaseHeldException where another run works on it for too long
   * @throws io.millrace.warehouse.LeaseLostException where another run has taken this one for dead
   */
  StageOutcome run(
      PlannedStage planned, Alongside alongside, boolean alone, JobRunner.Progress progress)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    Staging staging =
        committer.begin(
            new Unit(planned.stage(), planned.date()), context.patience(), progress::waitsFor);
    List<Manifest> manifests;
    TaskReport report;
    SortedMap<String, Long> counts;
    Optional<MadeOf> madeOf;
    try {
      Optional<PlannedStage> again = planAgain.of(planned);
      if (again.isEmpty()) {
        StageOutcome done = new StageOutcome.FoundDone(publisher(planned));
        committer.discard(staging);
        return done;
      }
      PlannedStage stage = again.get();
      // what was planned of them follows from what was planned of this stage
      Alongside made =
          stage.fingerprints().equals(planned.fingerprints()) ? alongside : Alongside.nothing();
      prepared.addAll(made.stages());
      Inputs read = readInputs(stage);
      JobPlace place = places.of(stage, read.bytes(), alone);
      StageWork work = StageWork.of(stage.stage(), place.workspace().making(stage), made);
      counts = runJobs(stage, work, staging, place, read, progress);
      madeOf = work.madeOf();
      report = TaskReport.collect(staging.output(), workspace.configuration());
      work.notes(counts).forEach(report::addNote);
      check(stage, work, staging, counts, report);
      work.finish(stage, staging.output(), report);
      verifyInputs(stage, read.partitions());
      staging.requireHeld();
      work.register(stage, staging).forEach(report::addNote);
      manifests = manifests(stage, work, report, counts, read.partitions());
    } catch (IOException | RuntimeException | InterruptedException e) {
      discard(staging, e);
      throw e;
    }
    committer.publish(staging, manifests);
    return new StageOutcome.Made(
        new StageResult(
            counts,
            report.quarantined(),
            List.copyOf(report.notes()),
            madeOf,
            (System.nanoTime() - started) / NANOS_PER_SECOND));
  }

  /** Ends the signs of life; no stage may be in work any more. */
  @Override
  public void close() {
    places.close();
    discardPrepared();
    committer.close();
  }

  /** Deletes what was made beside a stage and taken over by none. */
  private void discardPrepared() {
    try {
      PreparedPartials left = new PreparedPartials(workspace);
      prepared.forEach(partials -> left.discard(context.run(), partials));
    } catch (IOException e) {
      LOG.warn("Cannot look for what was prepared, the next run will: {}", e.getMessage());
    }
  }

  private SortedMap<String, Long> runJobs(
      PlannedStage stage,
      StageWork work,
      Staging staging,
      JobPlace place,
      Inputs read,
      JobRunner.Progress progress)
      throws IOException, InterruptedException {
    StageResources asked = place.resources().ready(stage);
    StageJobs leased =
        new LeasedJobs(place.jobs(), staging, asked, context.run(), read.bytes(), progress);
    try {
      SortedMap<String, Long> counts = work.make(stage, staging, leased);
      TaskFailure.forget(staging.output(), workspace.configuration());
      return counts;
    } catch (StageFailedException e) {
      // tasks fail when what they read is moved away; then that is what there is to say
      verifyInputs(stage, read.partitions());
      throw e;
    }
  }

  private void check(
      PlannedStage stage,
      StageWork work,
      Staging staging,
      SortedMap<String, Long> counts,
      TaskReport report)
      throws IOException {
    String exceeded = work.check(stage, counts);
    if (!exceeded.isEmpty()) {
      String kept = committer.keepQuarantine(staging, stage.outputs().get(0)).toString();
      throw new QualityLimitException(
          "%s By rule: %s. Nothing was published; what was set aside is in %s"
              .formatted(exceeded, RuleShares.text(report.quarantined(), RULES_SHOWN), kept));
    }
  }

  /** The run that has published what stands. */
  private String publisher(PlannedStage stage) throws IOException {
    return warehouse.open(stage.stage().mainDataSet(), stage.date()).manifest().run();
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
      manifests.add(stage.manifest(context.run(), content, inputs, now));
    }
    return manifests;
  }
}
