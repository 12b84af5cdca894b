package io.millrace.run;

import static io.millrace.pipeline.SpecText.CARDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparedInput;
import io.millrace.learn.trees.NativeLibrary;
import io.millrace.model.card.FitSummary;
import io.millrace.pipeline.SpecText;
import io.millrace.pipeline.Training;
import io.millrace.plan.DataFile;
import io.millrace.plan.Decision;
import io.millrace.plan.JobLoad;
import io.millrace.plan.JobResources;
import io.millrace.plan.Manifest;
import io.millrace.plan.Origin;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.RecordedDefinition;
import io.millrace.plan.Resource;
import io.millrace.plan.ResourceSizing;
import io.millrace.plan.StageId;
import io.millrace.plan.Wishes;
import io.millrace.warehouse.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesFitterTest {
  @BeforeAll
  static void needXgBoost() throws IOException {
    NativeLibrary.assumeLoadable();
  }

  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);
  private static final int ROWS = 400;

  private static final SpecText SPEC =
      CARDS.with(
          "score:\n",
          """
          train:
            model: {name: fraud, kind: trees, rounds: 6, max_depth: 3, early_stopping: 6}
            label: {of: note = 'fraud', known_after: 7d}
            inputs: [amount, card_mean_7d]
            snapshots: {history: 90d}
          score:
          """);

  private static final Preparation PREPARATION =
      new Preparation(
          List.of(
              new PreparedInput.Numeric("amount", List.of(), false),
              new PreparedInput.Numeric("card_mean_7d", List.of(), false)),
          List.of());

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Example", "fields": [
                {"name": "example_split", "type": "string"},
                {"name": "example_label", "type": "double"},
                {"name": "example_weight", "type": "double"},
                {"name": "amount", "type": ["null", "double"]},
                {"name": "card_mean_7d", "type": ["null", "double"]}]}
              """);

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private final Jobs jobs = new Jobs();

  /** Runs jobs in this process, and remembers what it hears. */
  private static final class Jobs implements StageJobs {
    private final List<JobLoad> loads = new ArrayList<>();
    private Wishes wishes = Wishes.none();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public Counters run(Job job) {
      throw new AssertionError("a fit of trees says what it needs");
    }

    @Override
    public Counters run(String load, Job job) {
      throw new AssertionError("a fit of trees says what it needs");
    }

    @Override
    public Counters run(JobLoad load, Job job) throws IOException, InterruptedException {
      loads.add(load);
      return new JobRunner(new TaskJars(job.getConfiguration()))
          .run(job, 0, (maps, reduces) -> {}, () -> {});
    }

    @Override
    public JobResources resources(JobLoad load) {
      return new ResourceSizing(wishes, OptionalLong.empty()).of(load);
    }

    @Override
    public void says(String text) {
      said.add(text);
    }

    @Override
    public void requireHeld() {}
  }

  @BeforeEach
  void prepare() {
    runner = new LocalRunner(folder);
  }

  /** Rows of which each fifth is for validation. */
  private FitTask task(boolean oneClass) throws IOException {
    Random random = new Random(3);
    List<GenericRecord> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      GenericRecord row = new GenericData.Record(SCHEMA);
      double amount = random.nextGaussian();
      row.put("example_split", i % 5 == 0 ? "validation" : "train");
      row.put("example_label", !oneClass && amount + random.nextGaussian() > 0 ? 1.0 : 0.0);
      row.put("example_weight", 1.0);
      row.put("amount", i % 7 == 0 ? null : amount);
      row.put("card_mean_7d", random.nextGaussian());
      rows.add(row);
    }
    String name = "rows.avro";
    runner.write("training/" + name, SCHEMA, 4000, rows);
    Training training = SPEC.bind().training().orElseThrow();
    return new FitTask(
        runner.configuration(),
        training,
        new PlannedStage(
            StageId.train(),
            DATE,
            new Decision.UpToDate(),
            Optional.empty(),
            definition(),
            List.of(),
            List.of()),
        new Partition(runner.path("training"), manifest(new DataFile(name, 1, ROWS, 0))),
        PREPARATION,
        new ClassWeighting(List.of("0", "1"), List.of()),
        List.of(),
        runner.path("work"),
        runner.path("progress"),
        jobs);
  }

  private static RecordedDefinition definition() {
    return new RecordedDefinition(1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  private static Manifest manifest(DataFile file) {
    return new Manifest(
        Manifest.CURRENT_FORMAT,
        "run",
        "training",
        DATE,
        "training",
        "fingerprint",
        "rows",
        new TreeMap<>(),
        definition(),
        List.of(),
        List.of(),
        List.of(file),
        "0123456789abcdef",
        null,
        new TreeMap<>(),
        List.of(),
        null,
        Instant.EPOCH);
  }

  private byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(java.nio.file.Path.of(file.toUri().getPath()));
  }

  @Test
  void shouldTellItsRoundsAndWhatItsColumnsCount() throws Exception {
    Fitted fitted = new TreesFitter().fit(task(false));
    FitSummary summary = fitted.summary();
    assertEquals(6, summary.history().size());
    assertEquals(1, summary.history().get(0).number());
    assertEquals(
        List.of("training_loss", "validation_loss"),
        List.copyOf(summary.history().get(5).values().keySet()));
    assertTrue(summary.stop().startsWith("all 6 rounds are done"), summary.stop());
    assertEquals(FitSummary.WeightKind.GAIN, summary.weightKind());
    assertEquals("amount", summary.weights().get(0).column());
    assertTrue(summary.weights().get(0).value() > 0.6, summary.weights()::toString);
    String last = jobs.said.get(jobs.said.size() - 1);
    assertTrue(
        last.matches("round 6 of at most 6: loss 0\\.\\d{6}, of the validation rows 0\\.\\d{6}"),
        last);
    assertEquals(1, jobs.loads.get(0).maps().tasks());
    assertTrue(jobs.loads.get(0).maps().nativeBytes() > 64L << 20);
  }

  @Test
  void shouldTakeWhatAKilledRunHasFitted() throws Exception {
    byte[] first = bytes(new TreesFitter().fit(task(false)).onnx());
    assertEquals(1, jobs.loads.size());
    assertArrayEquals(first, bytes(new TreesFitter().fit(task(false)).onnx()));
    assertEquals(1, jobs.loads.size());
  }

  @Test
  void shouldSayWhyNoModelCameOfIt() throws IOException {
    FitTask task = task(true);
    StageFailedException failure =
        assertThrows(StageFailedException.class, () -> new TreesFitter().fit(task));
    assertEquals(
        "Cannot fit model fraud: all 320 rows to learn from are of one class",
        failure.getMessage());
  }

  @Test
  void shouldLeaveAHeapInAContainerThatIsSmallerThanRowsMayNeed() throws Exception {
    jobs.wishes = memory(1024);
    new TreesFitter().fit(task(false));
    JobResources.Tasks maps = jobs.resources(jobs.loads.get(0)).maps();
    assertEquals(1024, maps.memory().value());
    assertTrue(maps.heapMib() >= 320, maps::toString);
  }

  @Test
  void shouldRefuseAContainerThatHasNoRoomForRows() throws Exception {
    jobs.wishes = memory(400);
    FitTask task = task(false);
    StageFailedException failure =
        assertThrows(StageFailedException.class, () -> new TreesFitter().fit(task));
    assertEquals(
        "Cannot grow trees: its one task has a container of 400 MiB, of which the heap takes 320 for 400 rows, and nothing is left for the rows themselves. Write more into resources.train.map_memory",
        failure.getMessage());
  }

  private static Wishes memory(long mib) {
    return new Wishes(Map.of(Resource.MAP_MEMORY, new Wishes.Wish(mib, Origin.SPEC)));
  }
}
