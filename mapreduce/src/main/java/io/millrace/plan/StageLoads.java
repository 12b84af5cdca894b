package io.millrace.plan;

import io.millrace.model.ModelMemory;
import io.millrace.pipeline.JoinedRows;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.ScoredRows;
import io.millrace.plan.JobLoad.TaskLoad;
import io.millrace.plan.Wishes.Wish;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the jobs of a stage have to do, as far as the lengths of its inputs tell: a pure function of
 * the spec, a planned stage and what was wished.
 *
 * @param tasksOfProcess how many tasks run side by side in this process; empty on a cluster
 */
public record StageLoads(Pipeline pipeline, Wishes wishes, OptionalInt tasksOfProcess) {
  /** Features in memory take so many times what they do in the warehouse. */
  public static final int FEATURES_EXPANSION = 6;

  private static final long MIB = 1L << 20;

  /** Bytes of Avro files when they are decompressed: they hold numbers and short texts. */
  static final int RECORDS_EXPANSION = 3;

  /** A row with its key, its event time and the buffer's own notes, against its line. */
  private static final double ROW_PER_LINE = 1.5;

  /** Room for keys that fall unevenly to reduces. */
  private static final double UNEVENNESS = 1.25;

  /** A file that is read block by block: the block, what it is decompressed from, the stream. */
  static final long OPEN_FILE_BYTES = MIB;

  /** ONNX Runtime and its buffers for a batch of rows, without the model. */
  private static final long MODEL_RUNTIME_BYTES = 128 * MIB;

  /** A score on its way to be put in order: its group, itself, the weight, the buffer's notes. */
  private static final long SCORE_BYTES = 48;

  /** A model in ONNX Runtime takes so many times its file. */
  private static final int MODEL_EXPANSION = 4;

  /** Statistics of some hundred inputs with categories. */
  private static final long STATISTICS_BYTES = 64 * MIB;

  /** The states of an entity on all its event days, which its rows are folded into one by one. */
  private static final long ENTITY_STATES_BYTES = 16 * MIB;

  /** The states that a reduce of clean combines at once, of all groups that it does so for. */
  public static final long COMBINED_STATES_BYTES = 64 * MIB;

  /** The table of states of a map is a quarter of its heap: a third of the rest. */
  private static final int TABLE_OF_REST = 3;

  /** Whether the lengths of all inputs are known, as none of them is made first. */
  public static boolean isKnown(PlannedStage stage) {
    return stage.inputs().stream().allMatch(input -> input.bytes().isPresent());
  }

  /**
   * The loads of a stage's jobs, in the order in which they run. An input that is still to be made
   * counts as empty, so that tasks do at least what is said here.
   */
  public List<JobLoad> of(PlannedStage stage) {
    return switch (stage.stage().kind()) {
      case CLEAN -> List.of(clean(stage));
      case PARTIALS -> List.of(partials(stage));
      case FEATURES -> List.of(features(stage));
      case JOIN -> List.of(match(stage), assemble(stage));
      case TRAINING -> new TrainingLoads(pipeline.training().orElseThrow(), stage).jobs();
      case TRAIN -> List.of(statistics(stage));
      case SCORE -> List.of(score(stage));
    };
  }

  private JobLoad clean(PlannedStage stage) {
    long raw = stage.rawFiles().stream().mapToLong(RawFile::length).sum();
    long plain = stage.rawFiles().stream().mapToLong(Sizing::plainBytes).sum();
    long longest =
        stage.rawFiles().stream()
            .filter(Sizing::isCompressed)
            .mapToLong(Sizing::plainBytes)
            .max()
            .orElse(0);
    Wish split = wishes.find(Resource.SPLIT).orElseGet(() -> split(raw));
    int cleanFiles = Sizing.cleanFiles(stage.rawFiles());
    int maps = Splits.count(stage.rawFiles(), split.value()) + files(stage, StageKind.CLEAN);
    long read = Math.max(longest, Math.min(raw, split.value()));
    long rows = (long) (plain * ROW_PER_LINE) + RECORDS_EXPANSION * bytes(stage, StageKind.CLEAN);
    // whether partials are made beside the rows is known later; a little more is asked for anyway
    boolean together = pipeline.clustering().isPresent();
    int others = pipeline.groups().size() - (together ? 1 : 0);
    long held =
        (together ? ENTITY_STATES_BYTES + OPEN_FILE_BYTES : 0)
            + (others > 0 ? COMBINED_STATES_BYTES + others * OPEN_FILE_BYTES : 0);
    return new JobLoad(
        "clean",
        new TaskLoad(maps, (long) (read * ROW_PER_LINE), 0, 0),
        Optional.of(
            new TaskLoad(
                cleanFiles + Sizing.quarantineFiles(cleanFiles), share(rows, cleanFiles), held, 0)),
        Optional.of(split));
  }

  private Wish split(long rawBytes) {
    long bytes =
        tasksOfProcess.isPresent()
            ? Splits.inProcess(rawBytes, tasksOfProcess.getAsInt())
            : Splits.onCluster(rawBytes);
    return new Wish(bytes, Origin.COMPUTED);
  }

  private JobLoad partials(PlannedStage stage) {
    long bytes = bytes(stage, StageKind.CLEAN);
    int files = Math.max(1, files(stage, StageKind.CLEAN));
    int buckets = Sizing.partialBuckets(files);
    Optional<Wish> split = wishes.find(Resource.SPLIT);
    long read = split.map(wish -> Math.min(wish.value(), bytes)).orElse(bytes / files);
    long states = RECORDS_EXPANSION * read;
    return new JobLoad(
        "partials",
        new TaskLoad(
            split.map(wish -> pieces(bytes, files, wish.value())).orElse(files),
            states,
            (ResourceSizing.BASE_HEAP_BYTES + Math.min(states, ResourceSizing.MOST_SORT_BYTES))
                / TABLE_OF_REST,
            0,
            0),
        Optional.of(new TaskLoad(buckets, share(RECORDS_EXPANSION * bytes, buckets), 0, 0)),
        split);
  }

  /** Files are cut, but not put together. */
  private static int pieces(long bytes, int files, long splitBytes) {
    long each = bytes / files;
    return files * (int) Math.max(1, (each + splitBytes - 1) / splitBytes);
  }

  private static JobLoad features(PlannedStage stage) {
    int buckets = Sizing.featureBuckets(bytes(stage, StageKind.PARTIALS));
    long open = stage.inputs().size() * OPEN_FILE_BYTES;
    return new JobLoad(
        "features", new TaskLoad(buckets, 0, open, 0), Optional.empty(), Optional.empty());
  }

  private JobLoad match(PlannedStage stage) {
    long clean = bytes(stage, StageKind.CLEAN);
    int maps = maps(clean, files(stage, StageKind.CLEAN));
    int tasks = joinTasks(stage);
    return new JobLoad(
        "join: match",
        new TaskLoad(maps, clean, 0, 0),
        Optional.of(new TaskLoad(tasks, share(clean, tasks), openFeatures(), 0)),
        Optional.empty());
  }

  /** Whole files, small ones put together. */
  static int maps(long bytes, int files) {
    return Math.min(files, pieces(bytes, 1, Sizing.MAP_BYTES));
  }

  private JobLoad assemble(PlannedStage stage) {
    long found =
        RECORDS_EXPANSION * (bytes(stage, StageKind.CLEAN) + bytes(stage, StageKind.FEATURES));
    int tasks = joinTasks(stage);
    int files = files(stage, StageKind.CLEAN);
    return new JobLoad(
        "join: assemble",
        new TaskLoad(tasks, found / tasks, 0, 0),
        Optional.of(new TaskLoad(files, share(found, files), OPEN_FILE_BYTES, 0)),
        Optional.empty());
  }

  private int joinTasks(PlannedStage stage) {
    int tasks = 0;
    for (JoinedRows.Entity entity : joined().entities()) {
      long bytes = bytes(stage, StageKind.CLEAN);
      for (JoinedRows.Group group : entity.groups()) {
        StageId id = StageId.features(group.group().name());
        bytes +=
            stage.inputs().stream()
                .filter(input -> input.stage().equals(id))
                .mapToLong(input -> input.bytes().orElse(0))
                .sum();
      }
      tasks += Sizing.joinTasks(List.of(bytes)).tasks();
    }
    return tasks;
  }

  private long openFeatures() {
    return joined().entities().stream().mapToLong(entity -> entity.groups().size()).max().orElse(0)
        * OPEN_FILE_BYTES;
  }

  private JoinedRows joined() {
    if (pipeline.scoring().orElseThrow().rows() instanceof ScoredRows.Events events) {
      return events.joined();
    }
    throw new IllegalStateException("Cannot join: no events are scored");
  }

  private JobLoad score(PlannedStage stage) {
    boolean events = pipeline.scoring().orElseThrow().rows() instanceof ScoredRows.Events;
    LookUp lookUp = new LookUp(stage.stage(), pipeline.spec().join().memoryBytes());
    boolean looksUp = events && lookUp.size(stage.inputs()) == LookUp.Size.FITS;
    // a task takes half of its heap for them at most
    long held = looksUp ? 2 * FEATURES_EXPANSION * bytes(stage, StageKind.FEATURES) : 0;
    ModelMemory model = pipeline.scoring().orElseThrow().memory();
    return new JobLoad(
        "score",
        new TaskLoad(
            files(stage, events ? StageKind.CLEAN : StageKind.FEATURES),
            0,
            held + model.heapBytes(),
            MODEL_RUNTIME_BYTES + model.nativeBytes()),
        Optional.empty(),
        Optional.empty());
  }

  private static JobLoad statistics(PlannedStage stage) {
    return new JobLoad(
        "train: statistics",
        new TaskLoad(Math.max(1, files(stage, StageKind.TRAINING)), 0, STATISTICS_BYTES, 0),
        Optional.of(new TaskLoad(1, 0, STATISTICS_BYTES, 0)),
        Optional.empty());
  }

  /**
   * The load of the job that measures models, which is known when there is one.
   *
   * @param files of training rows
   * @param rows that they have
   * @param reduces of the job
   * @param models that are measured
   * @param segments columns by which they are, too
   * @param modelBytes the length of the file of the largest
   */
  public static JobLoad evaluate(
      int files, long rows, int reduces, int models, int segments, long modelBytes) {
    long scores = rows * models * (1 + segments) * SCORE_BYTES;
    // inputs are shuffled for a session of their own
    long sessions = models + 1L;
    return new JobLoad(
        "train: evaluate",
        new TaskLoad(
            files,
            share(scores, files),
            modelBytes,
            MODEL_RUNTIME_BYTES + sessions * MODEL_EXPANSION * modelBytes),
        Optional.of(new TaskLoad(reduces, share(scores, reduces), 0, 0)),
        Optional.empty());
  }

  static long share(long bytes, int tasks) {
    return (long) (bytes * UNEVENNESS / Math.max(1, tasks));
  }

  static long bytes(PlannedStage stage, StageKind kind) {
    return stage.inputs().stream()
        .filter(input -> input.stage().kind() == kind)
        .mapToLong(input -> input.bytes().orElse(0))
        .sum();
  }

  static int files(PlannedStage stage, StageKind kind) {
    return stage.inputs().stream()
        .filter(input -> input.stage().kind() == kind)
        .mapToInt(PlannedInput::files)
        .sum();
  }
}
