package io.millrace.run;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.join.JoinInput;
import io.millrace.job.score.FeatureLookup;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.ScoredRows;
import io.millrace.plan.DataFile;
import io.millrace.plan.LookUp;
import io.millrace.plan.PartitionRead;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Sizing;
import io.millrace.plan.StageId;
import io.millrace.plan.StageKind;
import io.millrace.plan.StageLoads;
import io.millrace.warehouse.Partition;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The clean records of a date and the features of the day before, as they stand in the warehouse:
 * what a join reads, and whoever looks features up himself.
 */
final class JoinInputs {
  /** An input as it was planned, with the length that it has now. */
  private record Input(PlannedInput planned, Partition partition) {}

  private final Workspace workspace;
  private final JoinedRows joined;
  private final LocalDate date;
  private final List<Input> inputs;

  private JoinInputs(Workspace workspace, JoinedRows joined, LocalDate date, List<Input> inputs) {
    this.workspace = workspace;
    this.joined = joined;
    this.date = date;
    this.inputs = inputs;
  }

  /** The inputs of a join, or of scores of events, all of which have to stand. */
  static JoinInputs of(Workspace workspace, PlannedStage stage) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (PlannedInput input : stage.inputs()) {
      Partition partition = workspace.warehouse().open(input.dataSet(), input.date());
      inputs.add(new Input(input.as(partition.manifest()), partition));
    }
    return new JoinInputs(workspace, joinedRows(workspace), stage.date(), inputs);
  }

  static JoinedRows joinedRows(Workspace workspace) {
    ScoredRows rows = workspace.pipeline().scoring().orElseThrow().rows();
    if (rows instanceof ScoredRows.Events events) {
      return events.joined();
    }
    throw new IllegalStateException("Cannot join for " + rows + ": no events are scored");
  }

  /** Why no joined rows are needed, or nothing where they are. */
  Optional<String> leftOut() {
    LookUp lookUp = new LookUp(StageId.score(), workspace.pipeline().spec().join().memoryBytes());
    List<PlannedInput> planned = inputs.stream().map(Input::planned).toList();
    return lookUp.size(planned) == LookUp.Size.FITS
        ? Optional.of(lookUp.describe(planned))
        : Optional.empty();
  }

  /** Whether joined rows that stand were made from just these inputs. */
  boolean areThoseOf(Partition joinedRows) {
    Set<String> read = new HashSet<>();
    for (PartitionRead input : joinedRows.manifest().partitionsRead()) {
      read.add("%s %s %s".formatted(input.dataSet(), input.date(), input.fingerprint()));
    }
    Set<String> wanted = new HashSet<>();
    for (Input input : inputs) {
      PlannedInput planned = input.planned();
      wanted.add("%s %s %s".formatted(planned.dataSet(), planned.date(), planned.fingerprint()));
    }
    return read.equals(wanted);
  }

  List<Path> cleanFiles() {
    return clean().paths();
  }

  private Partition clean() {
    return partition(StageId.clean()).orElseThrow();
  }

  /** What a task needs to look features up in memory. */
  FeatureLookup lookup() {
    return new FeatureLookup(
        EventJoin.settings(joined, date),
        joined.entities().stream()
            .map(entity -> entity.groups().stream().map(this::lookupOf).toList())
            .toList());
  }

  /** About what the features take in the memory of a task: they are compressed in the warehouse. */
  long memoryOfLookup() {
    return StageLoads.FEATURES_EXPANSION
        * inputs.stream()
            .filter(input -> input.planned().stage().kind() == StageKind.FEATURES)
            .mapToLong(input -> input.partition().manifest().bytes())
            .sum();
  }

  private FeatureLookup.Features lookupOf(JoinedRows.Group group) {
    Optional<Partition> features = features(group);
    return new FeatureLookup.Features(
        features.map(Partition::paths).orElse(List.of()).stream().map(Path::toString).toList(),
        features.map(found -> found.manifest().records()).orElse(0L));
  }

  /** What the jobs of a join read. */
  JoinInput jobInput() {
    List<JoinInput.CleanFile> cleanFiles = new ArrayList<>();
    for (DataFile file : clean().manifest().files()) {
      cleanFiles.add(
          new JoinInput.CleanFile(
              new Path(clean().folder(), file.name()).toString(), file.records()));
    }
    List<JoinInput.Features> features = new ArrayList<>();
    for (JoinedRows.Entity entity : joined.entities()) {
      long bytes = 0;
      List<BucketFiles> groups = new ArrayList<>();
      for (JoinedRows.Group group : entity.groups()) {
        Partition partition = features(group).orElseThrow();
        bytes += partition.manifest().bytes();
        groups.add(
            new BucketFiles(
                partition.folder().toString(),
                partition.manifest().files().stream().map(DataFile::name).toList(),
                partition.manifest().files().stream().map(DataFile::length).toList()));
      }
      features.add(
          new JoinInput.Features(Sizing.joinTasks(clean().manifest().bytes(), bytes), groups));
    }
    return new JoinInput(EventJoin.settings(joined, date), cleanFiles, features);
  }

  /** The features of a group, or nothing where history has not begun. */
  private Optional<Partition> features(JoinedRows.Group group) {
    return partition(StageId.features(group.group().name()));
  }

  private Optional<Partition> partition(StageId stage) {
    return inputs.stream()
        .filter(input -> input.planned().stage().equals(stage))
        .map(Input::partition)
        .findFirst();
  }
}
