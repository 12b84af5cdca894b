package io.millrace.run;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Sizing;
import io.millrace.plan.StageId;
import io.millrace.row.RowResolution;
import io.millrace.row.RowType;
import io.millrace.run.PreparedPartials.Found;
import io.millrace.warehouse.Partition;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.Job;

/** Aggregating what landed on a date. */
final class PartialsWork implements JobChain {
  private final Workspace workspace;
  private final FeatureGroup group;
  private List<String> absentColumns = List.of();
  private Optional<MadeOf> madeOf = Optional.empty();
  private OptionalLong records = OptionalLong.empty();

  PartialsWork(Workspace workspace, String group) {
    this.workspace = workspace;
    this.group = workspace.pipeline().group(group);
  }

  @Override
  public Job job(PlannedStage stage, Staging staging) throws IOException {
    Partition clean = workspace.warehouse().open(StageId.clean().mainDataSet(), stage.date());
    RowType written = writtenType(clean);
    noteAbsentColumns(written);
    return PartialsJob.create(
        workspace.configuration(),
        group,
        clean.paths(),
        written,
        Sizing.partialBuckets(clean.manifest().files().size()),
        stage.fingerprint(),
        staging.output());
  }

  private void noteAbsentColumns(RowType written) {
    SortedSet<String> absent =
        new TreeSet<>(new RowResolution(written, group.clean(), group.readColumns()).absent());
    if (!absent.isEmpty()) {
      List<String> unknown = written.names().stream().filter(name -> !isKnown(name)).toList();
      absentColumns =
          List.of(
              "the clean records were written without %s, which counts as its default or NULL there%s"
                  .formatted(
                      String.join(", ", absent),
                      unknown.isEmpty()
                          ? ""
                          : "; they have %s: if one of them is meant, name it in the column's aliases"
                              .formatted(String.join(", ", unknown))));
    }
  }

  private boolean isKnown(String name) {
    return group.clean().columns().stream()
        .anyMatch(column -> column.name().equals(name) || column.aliases().contains(name));
  }

  /** The columns that the clean files have: perhaps not yet those that were added since. */
  private RowType writtenType(Partition clean) throws IOException {
    try (AvroRecordReader reader =
        AvroRecordReader.open(clean.paths().get(0), workspace.configuration())) {
      return RowType.fromAvro(reader.schema());
    }
  }

  /** Of what the job of clean has prepared, where that is there. */
  @Override
  public SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    Optional<Found> prepared = new PreparedPartials(workspace).take(stage, staging);
    if (prepared.isEmpty()) {
      return JobChain.super.make(stage, staging, jobs);
    }
    if (prepared.get() instanceof Found.States states) {
      madeOf = Optional.of(MadeOf.COMBINED_STATES);
      return JobCounts.of(jobs.run(job(stage, staging, states.files())), counterNames());
    }
    madeOf = Optional.of(MadeOf.OUTPUT);
    return ((Found.Output) prepared.get()).counts();
  }

  /** The job that makes them of combined states. */
  private Job job(PlannedStage stage, Staging staging, List<InputFile> states) throws IOException {
    Partition clean = workspace.warehouse().open(StageId.clean().mainDataSet(), stage.date());
    records = OptionalLong.of(clean.manifest().records());
    return PartialsJob.ofCombined(
        workspace.configuration(),
        group,
        InputFiles.inTasks(states, tasks(states)),
        writtenType(clean),
        Sizing.partialBuckets(clean.manifest().files().size()),
        stage.fingerprint(),
        staging.output());
  }

  /** States of several files are combined further: the fewer tasks, the fewer are left. */
  private int tasks(List<InputFile> states) {
    long bytes = states.stream().mapToLong(InputFile::length).sum();
    int atOnce =
        LocalRuntime.isLocal(workspace.configuration())
            ? workspace.configuration().getInt(LocalJobRunner.LOCAL_MAX_MAPS, 1)
            : 1;
    return (int) Math.max(atOnce, (bytes + Sizing.MAP_BYTES - 1) / Sizing.MAP_BYTES);
  }

  /** States that were combined are of all records. */
  @Override
  public String check(PlannedStage stage, SortedMap<String, Long> counts) {
    long read = counts.getOrDefault(PartialsCounter.RECORDS_READ.counterName(), 0L);
    long expected = records.orElse(read);
    if (read != expected) {
      throw new StageFailedException(
          "Records were lost or doubled: there are %d clean records, but states were combined of %d. Nothing was published."
              .formatted(expected, read));
    }
    return "";
  }

  @Override
  public Optional<MadeOf> madeOf() {
    return madeOf;
  }

  @Override
  public List<String> counterNames() {
    return names();
  }

  /** The names of what is counted, whichever job makes the partials. */
  static List<String> names() {
    return Arrays.stream(PartialsCounter.values()).map(PartialsCounter::counterName).toList();
  }

  @Override
  public List<String> notes(SortedMap<String, Long> counts) {
    List<String> notes = new ArrayList<>(absentColumns);
    notes.addAll(
        JobCounts.notes(
            counts,
            Map.of(
                PartialsCounter.FILTER_ERRORS.counterName(),
                "records were left out, as `where` could not be computed for them",
                PartialsCounter.ARGUMENT_ERRORS.counterName(),
                "values could not be computed and count as NULL")));
    return notes;
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(StageId.partials(group.name()).mainDataSet(), group.partialSchema());
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return true;
  }
}
