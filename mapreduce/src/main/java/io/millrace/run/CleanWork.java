package io.millrace.run;

import static io.millrace.job.clean.CleanCounter.DUPLICATES_OF_EARLIER;
import static io.millrace.job.clean.CleanCounter.SAMPLED_OUT;

import io.millrace.avro.ColumnProfile;
import io.millrace.avro.Quarantined;
import io.millrace.job.clean.CleanCounter;
import io.millrace.job.clean.CleanJob;
import io.millrace.job.io.LandingFile;
import io.millrace.job.io.TaskReport;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.plan.Alongside;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Sizing;
import io.millrace.plan.StageId;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Cleaning a date. */
final class CleanWork implements JobChain {
  private static final String PROFILE = StageId.clean().profile().orElseThrow();

  private final Workspace workspace;
  private final Pipeline pipeline;
  private final BesideClean beside;
  private long kept;

  /**
   * The work on clean.
   *
   * @param alongside what is made of the same pass
   */
  CleanWork(Workspace workspace, Alongside alongside) {
    this.workspace = workspace;
    beside = new BesideClean(workspace, alongside);
    pipeline = workspace.pipeline();
  }

  @Override
  public Job job(PlannedStage stage, Staging staging) throws IOException {
    List<LandingFile> files =
        stage.rawFiles().stream()
            .map(file -> new LandingFile(file.path(), file.name(), file.length()))
            .toList();
    int cleanFiles = Sizing.cleanFiles(stage.rawFiles());
    return CleanJob.create(
        workspace.configuration(),
        new CleanJob.Request(
            pipeline.spec().source(),
            pipeline.spec().timezone(),
            pipeline.cleaning(),
            stage.date(),
            files,
            earlier(stage),
            cleanFiles,
            Sizing.quarantineFiles(cleanFiles),
            pipeline.clustering().map(FeatureGroup::entity).orElse(List.of()),
            beside.partials(),
            beside.combined(),
            pipeline.spec().profile(),
            stage.fingerprint(),
            staging.output()));
  }

  @Override
  public SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    Counters counters = jobs.run(job(stage, staging));
    beside.counted(counters);
    return JobCounts.of(counters, counterNames());
  }

  /** The clean files of earlier dates whose keys count. */
  private List<Path> earlier(PlannedStage stage) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (PlannedInput input : stage.inputs()) {
      paths.addAll(workspace.warehouse().open(input.dataSet(), input.date()).paths());
    }
    return paths;
  }

  @Override
  public List<String> counterNames() {
    return Arrays.stream(CleanCounter.values())
        .filter(counter -> counter != DUPLICATES_OF_EARLIER || countsEarlierKeys())
        .filter(counter -> counter != SAMPLED_OUT || pipeline.cleaning().sample().isPresent())
        .map(CleanCounter::counterName)
        .toList();
  }

  private boolean countsEarlierKeys() {
    return pipeline.cleaning().acrossDays() > 0;
  }

  @Override
  public String check(PlannedStage stage, SortedMap<String, Long> counts) {
    long read = count(counts, CleanCounter.READ);
    kept = count(counts, CleanCounter.KEPT);
    long duplicates = count(counts, CleanCounter.DUPLICATES);
    long quarantined = count(counts, CleanCounter.QUARANTINED);
    long sampledOut = count(counts, SAMPLED_OUT);
    long found = kept + duplicates + quarantined + sampledOut;
    if (read != found) {
      throw new StageFailedException(
          "Records were lost or doubled: %d were read, but %d kept + %d duplicates + %d quarantined%s are %d. Nothing was published."
              .formatted(
                  read,
                  kept,
                  duplicates,
                  quarantined,
                  sampledOut == 0 ? "" : " + " + sampledOut + " sampled out",
                  found));
    }
    beside.check(kept);
    return QualityLimit.exceeded(
        stage,
        "records were quarantined",
        quarantined,
        read - sampledOut,
        pipeline.spec().clean().failAbove(),
        "clean.fail_above");
  }

  private static long count(SortedMap<String, Long> counts, CleanCounter counter) {
    return counts.getOrDefault(counter.counterName(), 0L);
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(
        CleanJob.CLEAN,
        pipeline.cleaning().rows().toAvro(),
        PROFILE,
        ColumnProfile.getClassSchema(),
        CleanJob.QUARANTINE,
        Quarantined.getClassSchema());
  }

  @Override
  public void finish(PlannedStage stage, Path output, TaskReport report) throws IOException {
    new ProfileWriter(workspace)
        .write(pipeline.cleaning().rows(), PROFILE, stage.fingerprint(), output)
        .ifPresent(file -> report.addFile(PROFILE, file));
    beside.reported(report);
  }

  @Override
  public List<String> register(PlannedStage stage, Staging staging) throws IOException {
    beside.putAway(stage, staging, kept);
    return List.of();
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return false;
  }
}
