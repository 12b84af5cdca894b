package io.millrace.run;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Sizing;
import io.millrace.plan.StageId;
import io.millrace.row.RowResolution;
import io.millrace.row.RowType;
import io.millrace.warehouse.Partition;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.hadoop.mapreduce.Job;

/** Aggregating what landed on a date. */
final class PartialsWork implements JobChain {
  private final Workspace workspace;
  private final FeatureGroup group;
  private List<String> absentColumns = List.of();
  private Optional<StageId> madeBy = Optional.empty();

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

  /** Takes over what the job of clean has made, where that is there. */
  @Override
  public SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    Optional<SortedMap<String, Long>> prepared =
        new PreparedPartials(workspace).takeOver(stage, staging);
    if (prepared.isPresent()) {
      madeBy = Optional.of(StageId.clean());
      return prepared.get();
    }
    return JobChain.super.make(stage, staging, jobs);
  }

  @Override
  public Optional<StageId> madeBy() {
    return madeBy;
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
