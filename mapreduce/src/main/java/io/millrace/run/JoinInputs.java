package io.millrace.run;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.join.JoinInput;
import io.millrace.job.score.FeatureLookup;
import io.millrace.join.NoFeatures;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.ScoredRows;
import io.millrace.plan.DataFile;
import io.millrace.plan.DatePacks;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The clean records of dates, each with the features of the day before, as they stand in the
 * warehouse: what a join reads, and whoever looks features up himself.
 */
final class JoinInputs {
  /** An input as it was planned, with the length that it has now. */
  private record Input(PlannedInput planned, Partition partition) {}

  private record Key(StageId stage, LocalDate date) {}

  private final Workspace workspace;
  private final JoinedRows joined;
  private final List<LocalDate> dates;
  private final Map<Key, Input> inputs;

  private JoinInputs(
      Workspace workspace, JoinedRows joined, List<LocalDate> dates, Map<Key, Input> inputs) {
    this.workspace = workspace;
    this.joined = joined;
    this.dates = dates;
    this.inputs = inputs;
  }

  /** The inputs of a join, or of scores of events, all of which have to stand. */
  static JoinInputs of(Workspace workspace, PlannedStage stage) throws IOException {
    return of(workspace, stage, joinedRows(workspace), List.of(stage.date()));
  }

  /**
   * Inputs of a stage, all of which have to stand.
   *
   * @param dates of the clean records that are joined, ascending
   */
  static JoinInputs of(
      Workspace workspace, PlannedStage stage, JoinedRows joined, List<LocalDate> dates)
      throws IOException {
    Map<Key, Input> inputs = new LinkedHashMap<>();
    for (PlannedInput input : stage.inputs()) {
      Partition partition = workspace.warehouse().open(input.dataSet(), input.date());
      inputs.put(
          new Key(input.stage(), input.date()),
          new Input(input.as(partition.manifest()), partition));
    }
    return new JoinInputs(workspace, joined, List.copyOf(dates), inputs);
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
    List<PlannedInput> planned = inputs.values().stream().map(Input::planned).toList();
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
    for (Input input : inputs.values()) {
      PlannedInput planned = input.planned();
      wanted.add("%s %s %s".formatted(planned.dataSet(), planned.date(), planned.fingerprint()));
    }
    return read.equals(wanted);
  }

  /** The clean files of all dates. */
  List<Path> cleanFiles() {
    return dates.stream().flatMap(date -> clean(date).paths().stream()).toList();
  }

  private Partition clean(LocalDate date) {
    return partition(StageId.clean(), date).orElseThrow();
  }

  /** What a task needs to look features up in memory, of the one date that there is. */
  FeatureLookup lookup() {
    LocalDate date = dates.get(0);
    return new FeatureLookup(
        EventJoin.settings(joined),
        noFeatures(date),
        joined.entities().stream()
            .map(entity -> entity.groups().stream().map(group -> lookup(group, date)).toList())
            .toList());
  }

  private NoFeatures noFeatures(LocalDate date) {
    return EventJoin.noFeatures(joined.entities(), date.minusDays(1));
  }

  /** About what the features take in the memory of a task: they are compressed in the warehouse. */
  long memoryOfLookup() {
    return StageLoads.FEATURES_EXPANSION
        * inputs.values().stream()
            .filter(input -> input.planned().stage().kind() == StageKind.FEATURES)
            .mapToLong(input -> input.partition().manifest().bytes())
            .sum();
  }

  private FeatureLookup.Features lookup(JoinedRows.Group group, LocalDate date) {
    Optional<Partition> features = features(group, date);
    return new FeatureLookup.Features(
        features.map(Partition::paths).orElse(List.of()).stream().map(Path::toString).toList(),
        features.map(found -> found.manifest().records()).orElse(0L));
  }

  /** What the jobs of a join read that makes a file of each clean file. */
  JoinInput jobInput() {
    List<DataFile> files =
        dates.stream().flatMap(date -> clean(date).manifest().files().stream()).toList();
    List<Long> firstRows = new ArrayList<>();
    long row = 0;
    for (DataFile file : files) {
      firstRows.add(row);
      row += file.records();
    }
    return jobInput(firstRows);
  }

  /**
   * What the jobs of a join read.
   *
   * @param firstRows the number of the first row of each file that is made
   */
  JoinInput jobInput(List<Long> firstRows) {
    List<List<JoinInput.Features>> features = new ArrayList<>();
    int firstTask = 0;
    for (JoinedRows.Entity entity : joined.entities()) {
      DatePacks packs = Sizing.joinTasks(dates.stream().map(date -> bytes(entity, date)).toList());
      List<JoinInput.Features> ofDates = new ArrayList<>();
      for (int day = 0; day < dates.size(); day++) {
        LocalDate date = dates.get(day);
        DatePacks.Pack pack = packs.packs().get(day);
        ofDates.add(
            new JoinInput.Features(
                firstTask + pack.firstTask(),
                pack.buckets(),
                entity.groups().stream().map(group -> files(features(group, date))).toList()));
      }
      features.add(ofDates);
      firstTask += packs.tasks();
    }
    List<JoinInput.Day> days = new ArrayList<>();
    for (int day = 0; day < dates.size(); day++) {
      int number = day;
      days.add(
          new JoinInput.Day(
              cleanFiles(clean(dates.get(day))),
              features.stream().map(ofDates -> ofDates.get(number)).toList(),
              noFeatures(dates.get(day))));
    }
    return new JoinInput(EventJoin.settings(joined), days, firstRows);
  }

  /** How many clean records there are on all dates. */
  long rows() {
    return dates.stream().mapToLong(date -> clean(date).manifest().records()).sum();
  }

  private long bytes(JoinedRows.Entity entity, LocalDate date) {
    return clean(date).manifest().bytes()
        + entity.groups().stream()
            .flatMap(group -> features(group, date).stream())
            .mapToLong(features -> features.manifest().bytes())
            .sum();
  }

  private static List<JoinInput.CleanFile> cleanFiles(Partition clean) {
    return clean.manifest().files().stream()
        .map(
            file ->
                new JoinInput.CleanFile(
                    new Path(clean.folder(), file.name()).toString(),
                    file.length(),
                    file.records()))
        .toList();
  }

  static BucketFiles files(Optional<Partition> features) {
    return features
        .map(
            partition ->
                new BucketFiles(
                    partition.folder().toString(),
                    partition.manifest().files().stream().map(DataFile::name).toList(),
                    partition.manifest().files().stream().map(DataFile::length).toList()))
        .orElseGet(() -> new BucketFiles("", List.of(), List.of()));
  }

  /** The features of a group for rows of a date, or nothing where history has not begun. */
  private Optional<Partition> features(JoinedRows.Group group, LocalDate date) {
    return partition(StageId.features(group.group().name()), date.minusDays(1));
  }

  private Optional<Partition> partition(StageId stage, LocalDate date) {
    return Optional.ofNullable(inputs.get(new Key(stage, date))).map(Input::partition);
  }
}
