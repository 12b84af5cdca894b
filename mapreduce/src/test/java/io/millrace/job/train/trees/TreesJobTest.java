package io.millrace.job.train.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.train.ExampleSettings;
import io.millrace.learn.DesignRow;
import io.millrace.learn.Part;
import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparedInput;
import io.millrace.learn.trees.DesignColumns;
import io.millrace.learn.trees.Examples;
import io.millrace.learn.trees.NativeLibrary;
import io.millrace.learn.trees.Objective;
import io.millrace.learn.trees.StopReason;
import io.millrace.learn.trees.TrainingMatrix;
import io.millrace.learn.trees.TreesFit;
import io.millrace.learn.trees.TreesListener;
import io.millrace.learn.trees.TreesMemory;
import io.millrace.learn.trees.TreesResult;
import io.millrace.learn.trees.TreesSettings;
import io.millrace.learn.trees.TreesState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesJobTest {
  @BeforeAll
  static void needXgBoost() throws IOException {
    NativeLibrary.assumeLoadable();
  }

  private static final int ROUNDS = 8;

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Example", "fields": [
                {"name": "id", "type": "long"},
                {"name": "example_split", "type": "string"},
                {"name": "example_label", "type": "string"},
                {"name": "example_weight", "type": "double"},
                {"name": "amount", "type": ["null", "double"]},
                {"name": "channel", "type": ["null", "string"]}]}
              """);

  private static final Preparation PREPARATION =
      new Preparation(
          List.of(
              new PreparedInput.Numeric("amount", List.of(), false),
              new PreparedInput.TextCategories("channel", List.of("", "shop", "web"), true)),
          List.of());

  private static final List<String> CLASSES = List.of("big", "none", "small");
  private static final List<Double> WEIGHTS = List.of(1.0, 0.5, 2.0);

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private final List<GenericRecord> rows = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  @BeforeEach
  void writeRows() throws IOException {
    runner = new LocalRunner(folder);
    Random random = new Random(11);
    for (int i = 0; i < 1200; i++) {
      GenericRecord row = new GenericData.Record(SCHEMA);
      double amount = Math.rint(random.nextGaussian() * 40) / 8;
      String channel = List.of("web", "shop", "kiosk", "").get(random.nextInt(4));
      boolean known = random.nextInt(9) != 0;
      row.put("id", (long) i);
      row.put(
          "example_split",
          (i % 5 == 0 ? Part.VALIDATION : i % 7 == 0 ? Part.TEST : Part.TRAIN).word());
      double noisy = amount + random.nextGaussian();
      row.put("example_label", noisy > 2 ? "big" : channel.equals("web") ? "none" : "small");
      row.put("example_weight", 1.0 + i % 3);
      row.put("amount", known ? amount : null);
      row.put("channel", channel.isEmpty() ? null : channel);
      rows.add(row);
    }
    files.add(runner.write("rows/0.avro", SCHEMA, 2000, rows.subList(0, 500)).toString());
    files.add(runner.write("rows/1.avro", SCHEMA, 2000, rows.subList(500, 1200)).toString());
  }

  private static TreesSettings trees() {
    return new TreesSettings(
        Objective.SOFTMAX, 3, ROUNDS, 3, 0.3, 1, 0.8, 1, 0, 1, 0, 64, ROUNDS, 5);
  }

  private TreesJobSettings settings() {
    return new TreesJobSettings(
        trees(),
        new ExampleSettings(PREPARATION, new ClassWeighting(CLASSES, WEIGHTS)),
        files,
        runner.path("fit").toString());
  }

  private FitFolder fitFolder(Configuration configuration) {
    return new FitFolder(runner.path("fit"), configuration);
  }

  private Job job() throws IOException {
    return TreesJob.create(runner.configuration(), settings(), runner.path("work"));
  }

  /** The same rows, without files and without a job. */
  private TreesResult inMemory(TreesListener listener) throws IOException {
    DesignColumns columns = DesignColumns.of(PREPARATION);
    TreesMemory memory = new TreesMemory(3, 0);
    try (TrainingMatrix training = TrainingMatrix.read(examples("train"), columns, memory);
        TrainingMatrix validation = TrainingMatrix.read(examples("validation"), columns, memory)) {
      return TreesFit.run(trees(), training, validation, 1, Optional.empty(), listener);
    }
  }

  private Examples examples(String part) {
    List<GenericRecord> kept =
        rows.stream().filter(row -> row.get("example_split").equals(part)).toList();
    Iterator<GenericRecord> left = kept.iterator();
    DesignRow out = new DesignRow(PREPARATION.width());
    return sink -> {
      if (!left.hasNext()) {
        return false;
      }
      GenericRecord row = left.next();
      out.clear();
      Object amount = row.get("amount");
      out.add(0, amount == null ? Double.NaN : (double) amount);
      Object channel = row.get("channel");
      int category =
          channel == null ? 1 : channel.equals("shop") ? 2 : channel.equals("web") ? 3 : 4;
      out.add(category, 1);
      int label = CLASSES.indexOf((String) row.get("example_label"));
      sink.take(out, label, (double) row.get("example_weight") * WEIGHTS.get(label));
      return true;
    };
  }

  @Test
  void shouldGrowTheTreesOfTheRowsInTheOrderOfTheFiles() throws Exception {
    Job job = job();
    runner.run(job);
    TreesResult result = fitFolder(job.getConfiguration()).result().orElseThrow();
    assertEquals(inMemory((round, state) -> {}), result);
    assertEquals(StopReason.ALL_ROUNDS, result.reason());
    assertEquals(3 * result.kept(), result.ensemble(DesignColumns.of(PREPARATION)).trees().size());
    assertEquals(ROUNDS, grown(job));
    assertEquals(1, fitFolder(job.getConfiguration()).rounds().get(1).number());
  }

  private static long grown(Job job) throws IOException {
    return job.getCounters()
        .findCounter(TreesCounter.GROUP, TreesCounter.ROUNDS.counterName())
        .getValue();
  }

  @Test
  void shouldGoOnWhereAKilledFitWas() throws Exception {
    Job job = job();
    List<TreesState> states = new ArrayList<>();
    TreesResult undisturbed = inMemory((round, state) -> states.add(state.make()));
    FitFolder fit = fitFolder(job.getConfiguration());
    fit.write(states.get(4));
    runner.run(job);
    assertEquals(undisturbed, fit.result().orElseThrow());
    assertEquals(ROUNDS - 5, grown(job));
  }

  @Test
  void shouldSayHowMuchMemoryRowsNeedThatDoNotFit() throws Exception {
    Job job = job();
    job.getConfiguration().setLong(TaskRoom.MEMORY_BYTES, 1 << 20);
    assertFalse(job.waitForCompletion(false));
    List<TaskFailure.Note> notes = TaskFailure.collect(runner.path("work"), job.getConfiguration());
    assertEquals(1, notes.size());
    assertTrue(
        notes
            .get(0)
            .text()
            .startsWith(
                "Cannot grow trees: 823 rows with 1,543 values need 64 MiB outside of the heap, and there may be more to come, but the task has 1 MiB."),
        notes.get(0).text());
  }
}
