package io.millrace.job.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.aggregate.ComputationCompiler;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.Step;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.ExampleCounter;
import io.millrace.job.io.InputFiles;
import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import io.millrace.learn.ExampleSettings;
import io.millrace.learn.MarkSettings;
import io.millrace.learn.Part;
import io.millrace.row.Buckets;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random orders of six weeks, and what is known of customers at five snapshots, joined naively. */
class TrainingJobTest {
  private static final int[] SNAPSHOTS = {100, 101, 107, 108, 120};
  private static final List<Part> PARTS =
      List.of(Part.TRAIN, Part.TRAIN, Part.TRAIN, Part.VALIDATION, Part.TEST);
  private static final int WITHIN = 7;
  private static final int CUSTOMERS = 80;

  private static final Schema DATE =
      LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
  private static final Schema ORDER =
      SchemaBuilder.record("Order")
          .fields()
          .optionalString("customer")
          .name("day")
          .type(DATE)
          .noDefault()
          .optionalLong("quantity")
          .endRecord();
  private static final Schema MAIN =
      SchemaBuilder.record("CustomerFeatures")
          .fields()
          .requiredString("customer")
          .requiredLong("unread")
          .optionalDouble("customer_mean")
          .endRecord();
  private static final Schema OTHER =
      SchemaBuilder.record("VisitFeatures")
          .fields()
          .requiredString("customer")
          .requiredLong("visit_n")
          .endRecord();
  private static final Schema SOURCE =
      SchemaBuilder.record("Entity")
          .fields()
          .requiredString("customer")
          .optionalDouble("customer_mean")
          .requiredLong("visit_n")
          .endRecord();
  private static final Schema EXAMPLE =
      SchemaBuilder.record("Example")
          .fields()
          .requiredString("customer")
          .name("example_date")
          .type(DATE)
          .noDefault()
          .requiredString("example_split")
          .requiredDouble("example_label")
          .requiredDouble("example_weight")
          .requiredLong("visit_n")
          .optionalDouble("customer_mean")
          .endRecord();

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private final Random random = new Random(5);
  private final List<List<GenericRecord>> orders = new ArrayList<>();
  private final List<Integer> landed = new ArrayList<>();
  private final List<Map<String, GenericRecord>> main = new ArrayList<>();
  private final List<Map<String, GenericRecord>> other = new ArrayList<>();

  @BeforeEach
  void makeData() {
    runner = new LocalRunner(folder);
    for (int day = 101; day <= 130; day++) {
      for (int file = 0; file < 2; file++) {
        List<GenericRecord> some = new ArrayList<>();
        for (int i = 0; i < (day % 7 == 0 ? 0 : 3); i++) {
          GenericRecord order = new GenericData.Record(ORDER);
          order.put("customer", random.nextInt(9) == 0 ? null : customer());
          // up to nine days late
          order.put("day", day - Math.max(0, random.nextInt(18) - 8));
          order.put("quantity", random.nextInt(9) == 0 ? null : (long) random.nextInt(4) - 1);
          some.add(order);
        }
        orders.add(some);
        landed.add(day);
      }
    }
    for (int snapshot = 0; snapshot < SNAPSHOTS.length; snapshot++) {
      Map<String, GenericRecord> mainRows = new TreeMap<>();
      Map<String, GenericRecord> otherRows = new TreeMap<>();
      for (int each = 0; each < CUSTOMERS; each++) {
        if (random.nextInt(5) > 0) {
          GenericRecord row = new GenericData.Record(MAIN);
          row.put("customer", "c" + each);
          row.put("unread", 3L);
          row.put("customer_mean", random.nextInt(6) == 0 ? null : random.nextDouble());
          mainRows.put("c" + each, row);
        }
        if (random.nextInt(2) > 0) {
          GenericRecord row = new GenericData.Record(OTHER);
          row.put("customer", "c" + each);
          row.put("visit_n", (long) random.nextInt(100));
          otherRows.put("c" + each, row);
        }
      }
      main.add(mainRows);
      other.add(otherRows);
    }
  }

  private String customer() {
    return "c" + random.nextInt(CUSTOMERS);
  }

  /** The training rows as they should be, sorted by snapshot, hash and customer. */
  private List<String> expected() {
    List<String> rows = new ArrayList<>();
    for (int snapshot = 0; snapshot < SNAPSHOTS.length; snapshot++) {
      int number = snapshot;
      main.get(snapshot).values().stream()
          .sorted(byHash())
          .forEach(features -> rows.add(expected(features, number).toString()));
    }
    return rows;
  }

  private GenericRecord expected(GenericRecord features, int snapshot) {
    String customer = features.get("customer").toString();
    GenericRecord row = new GenericData.Record(EXAMPLE);
    row.put("customer", customer);
    row.put("example_date", SNAPSHOTS[snapshot]);
    row.put("example_split", PARTS.get(snapshot).word());
    row.put("example_label", buys(customer, SNAPSHOTS[snapshot]) ? 1.0 : 0.0);
    row.put("example_weight", 1.0);
    row.put("customer_mean", features.get("customer_mean"));
    GenericRecord visits = other.get(snapshot).get(customer);
    row.put("visit_n", visits == null ? (long) -snapshot : visits.get("visit_n"));
    return row;
  }

  private boolean buys(String customer, int snapshot) {
    for (int file = 0; file < orders.size(); file++) {
      for (GenericRecord order : orders.get(file)) {
        int day = (int) order.get("day");
        Long quantity = (Long) order.get("quantity");
        if (customer.equals(order.get("customer"))
            && quantity != null
            && quantity > 0
            && landed.get(file) > snapshot
            && day > snapshot
            && day <= snapshot + WITHIN) {
          return true;
        }
      }
    }
    return false;
  }

  private Job job(
      String name, int[][] packs, int[] buckets, long taskBytes, Configuration configuration)
      throws Exception {
    RowType clean = RowType.fromAvro(ORDER);
    List<InputFiles.InputFile> files = new ArrayList<>();
    for (int file = 0; file < orders.size(); file++) {
      Path path = runner.write("clean/%d.avro".formatted(file), ORDER, 100, orders.get(file));
      files.add(new InputFiles.InputFile(path.toString(), length(path)));
    }
    List<TrainingInput.Snapshot> snapshots = new ArrayList<>();
    List<ExampleSettings.Day> days = new ArrayList<>();
    for (int snapshot = 0; snapshot < SNAPSHOTS.length; snapshot++) {
      String nothing =
          HexFormat.of().formatHex(new ByteBuilder().putVarint(-snapshot).toByteArray());
      snapshots.add(
          new TrainingInput.Snapshot(
              packs[snapshot][0],
              packs[snapshot][1],
              List.of(
                  write("main-" + snapshot, MAIN, main.get(snapshot), buckets[0]),
                  write("other-" + snapshot, OTHER, other.get(snapshot), buckets[1])),
              new NoFeatures(List.of(List.of("00", nothing)))));
      days.add(new ExampleSettings.Day(SNAPSHOTS[snapshot], PARTS.get(snapshot)));
    }
    return TrainingJob.create(
        configuration,
        new TrainingInput(
            SOURCE.toString(),
            new JoinSettings.Entity(
                List.of("customer"),
                List.of(
                    new JoinSettings.Group("customer", MAIN.toString(), List.of("customer_mean")),
                    new JoinSettings.Group("visit", OTHER.toString(), List.of("visit_n")))),
            snapshots,
            landed.stream().map(Long::valueOf).toList()),
        new InputFiles(files, taskBytes),
        new MarkSettings(
            ORDER.toString(),
            List.of("customer"),
            "day",
            "UTC",
            new ComputationCompiler(ZoneOffset.UTC)
                .compile(
                    clean,
                    List.of(
                        new Step.Check(
                            "any",
                            new ExpressionCompiler(ZoneOffset.UTC)
                                .parseCondition("quantity > 0", clean))),
                    List.of()),
            Arrays.stream(SNAPSHOTS).mapToObj(Long::valueOf).toList(),
            WITHIN),
        new ExampleSettings(EXAMPLE.toString(), List.of("customer"), days, 0, 0, "1"),
        runner.path(name + "-settings"),
        LocalRunner.FINGERPRINT,
        runner.path(name));
  }

  private BucketFiles write(
      String name, Schema schema, Map<String, GenericRecord> rows, int buckets) throws IOException {
    String home = "features/" + name + "-" + buckets;
    List<String> names = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      int number = bucket;
      List<GenericRecord> some =
          rows.values().stream()
              .filter(row -> Buckets.of(hash(row), buckets) == number)
              .sorted(byHash())
              .toList();
      names.add(bucket + ".avro");
      lengths.add(length(runner.write(home + "/" + bucket + ".avro", schema, 200, some)));
    }
    return new BucketFiles(runner.path(home).toString(), names, lengths);
  }

  private long length(Path path) throws IOException {
    return path.getFileSystem(runner.configuration()).getFileStatus(path).getLen();
  }

  private static Comparator<GenericRecord> byHash() {
    return Comparator.comparing(TrainingJobTest::hash, Long::compareUnsigned);
  }

  private static long hash(GenericRecord row) {
    byte[] name = row.get("customer").toString().getBytes(StandardCharsets.UTF_8);
    byte[] key = new ByteBuilder().putSlice(name, 0, name.length).toByteArray();
    return XxHash64.hash(key, 0, key.length);
  }

  private static long counter(Job job, ExampleCounter counter) throws IOException {
    return job.getCounters().findCounter(ExampleCounter.GROUP, counter.counterName()).getValue();
  }

  @Test
  void shouldLabelEntitiesFromTheirFuture() throws Exception {
    // the first two share a task, the third has two, the last shares one with the fourth
    int[][] packs = {{0, 1}, {0, 1}, {1, 2}, {3, 1}, {3, 1}};
    Job job = job("out", packs, new int[] {4, 1}, 400, runner.configuration());
    runner.run(job);

    List<String> rows = new ArrayList<>();
    for (int file = 0; file < 4; file++) {
      LocalRunner.read(runner.path("out/training/part-r-%05d.avro".formatted(file)))
          .forEach(row -> rows.add(row.toString()));
    }
    List<String> expected = expected();
    assertEquals(String.join("\n", expected), String.join("\n", rows));
    long positive = expected.stream().filter(row -> row.contains("label\": 1.0")).count();
    assertEquals(positive, counter(job, ExampleCounter.ROWS_POSITIVE));
    assertEquals(rows.size(), counter(job, ExampleCounter.ROWS_WRITTEN));
    assertEquals(rows.size(), counter(job, ExampleCounter.ROWS_READ));
    assertEquals(
        orders.stream().mapToInt(List::size).sum(), counter(job, ExampleCounter.EVENTS_READ));
    long withoutRow = 0;
    for (int snapshot = 0; snapshot < SNAPSHOTS.length; snapshot++) {
      for (int each = 0; each < CUSTOMERS; each++) {
        boolean hasRow = main.get(snapshot).containsKey("c" + each);
        withoutRow += !hasRow && buys("c" + each, SNAPSHOTS[snapshot]) ? 1 : 0;
      }
    }
    assertEquals(withoutRow, counter(job, ExampleCounter.MARKS_WITHOUT_ROW));
  }

  @Test
  void shouldMakeTheSameBytesHoweverTheWorkIsCut() throws Exception {
    int[][] packs = {{0, 1}, {0, 1}, {1, 2}, {3, 1}, {3, 1}};
    runner.run(job("once", packs, new int[] {1, 1}, 1 << 20, runner.configuration()));
    Configuration other = runner.configuration();
    other.setInt("mapreduce.local.map.tasks.maximum", 3);
    other.setInt("mapreduce.task.io.sort.mb", 1);
    other.setFloat("mapreduce.map.sort.spill.percent", 0.02f);
    runner.run(job("again", packs, new int[] {2, 8}, 1, other));
    for (int file = 0; file < 4; file++) {
      String name = "training/part-r-%05d.avro".formatted(file);
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("once").resolve(name)),
          Files.readAllBytes(folder.resolve("again").resolve(name)));
    }
  }
}
