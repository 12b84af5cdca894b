package io.millrace.job.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.ExampleCounter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleJoinTest {
  /** A day without rows, files without rows, and a day larger than all others. */
  private static final int[][] SIZES = {{30, 0, 200}, {120}, {0}, {0, 700, 1}, {77}};

  /** Files that begin within a clean file, at the start of one, and without a row of their own. */
  private static final List<Long> FIRST_ROWS = List.of(0L, 100L, 350L, 350L, 900L, 1051L);

  private static final int ROWS = 1128;

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;

  @BeforeEach
  void start() {
    runner = new LocalRunner(folder);
  }

  private Job run(
      JoinInput input, ExampleRecords.Settings examples, String name, Configuration configuration)
      throws Exception {
    Joining join = new Joining(input, Optional.of(examples), runner.path(name + "-join"));
    Path matches = runner.path(name + "-matches");
    runner.run(MatchJob.create(configuration, join, LocalRunner.FINGERPRINT, matches));
    Job assemble =
        AssembleJob.create(
            configuration, join, Optional.of(matches), LocalRunner.FINGERPRINT, runner.path(name));
    assertTrue(assemble.waitForCompletion(false));
    return assemble;
  }

  private static String file(int number) {
    return "training/part-r-%05d.avro".formatted(number);
  }

  private List<List<GenericRecord>> read(String name) throws Exception {
    List<List<GenericRecord>> files = new ArrayList<>();
    for (int file = 0; file < FIRST_ROWS.size(); file++) {
      files.add(LocalRunner.read(runner.path(name + "/" + file(file))));
    }
    return files;
  }

  private static long counter(Job job, ExampleCounter counter) throws Exception {
    return job.getCounters().findCounter(ExampleCounter.GROUP, counter.counterName()).getValue();
  }

  @Test
  void shouldMakeTrainingRowsOfManyDates() throws Exception {
    LabelledSales sales = new LabelledSales(7, SIZES);
    JoinInput input =
        sales.write(
            runner,
            new int[] {0, 1, 2, 4, 1},
            // days share tasks, but for the fourth, which has two
            new int[][] {{0, 1}, {0, 1}, {1, 1}, {2, 2}, {4, 1}},
            FIRST_ROWS);
    Job job = run(input, LabelledSales.examples("0.3", "fraud"), "out", runner.configuration());

    List<GenericRecord> expected = sales.examples("0.3");
    List<List<GenericRecord>> files = read("out");
    assertEquals(text(expected), text(files.stream().flatMap(List::stream).toList()));
    for (int file = 0; file < FIRST_ROWS.size(); file++) {
      long first = FIRST_ROWS.get(file);
      long end = file + 1 < FIRST_ROWS.size() ? FIRST_ROWS.get(file + 1) : ROWS;
      files
          .get(file)
          .forEach(row -> assertTrue((long) row.get("id") >= first && (long) row.get("id") < end));
    }
    long unlabelled =
        sales.days.stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .filter(sale -> sale.get("fraud") == null)
            .count();
    assertEquals(ROWS, counter(job, ExampleCounter.ROWS_READ));
    assertEquals(expected.size(), counter(job, ExampleCounter.ROWS_WRITTEN));
    assertEquals(unlabelled, counter(job, ExampleCounter.ROWS_UNLABELLED));
    assertEquals(
        ROWS - unlabelled - expected.size(), counter(job, ExampleCounter.ROWS_SAMPLED_OUT));
    assertEquals(
        expected.stream().filter(row -> (double) row.get("example_label") == 1).count(),
        counter(job, ExampleCounter.ROWS_POSITIVE));
  }

  private static String text(List<GenericRecord> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  @Test
  void shouldMakeTheSameBytesHoweverTheWorkIsCut() throws Exception {
    LabelledSales sales = new LabelledSales(8, SIZES);
    ExampleRecords.Settings examples =
        LabelledSales.examples(
            LabelledSales.EXAMPLE, "0.5", Long.MAX_VALUE / 4, Long.MAX_VALUE / 2, "NOT fraud");
    int[][] one = {{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}};
    run(
        sales.write(runner, new int[] {0, 1, 1, 1, 1}, one, FIRST_ROWS),
        examples,
        "once",
        runner.configuration());
    Configuration other = runner.configuration();
    other.setInt("mapreduce.local.map.tasks.maximum", 3);
    other.setLong("mapreduce.input.fileinputformat.split.maxsize", 500);
    other.setInt("mapreduce.task.io.sort.mb", 1);
    other.setFloat("mapreduce.map.sort.spill.percent", 0.02f);
    int[][] many = {{0, 2}, {2, 4}, {6, 1}, {6, 1}, {7, 8}};
    run(sales.write(runner, new int[] {0, 4, 2, 1, 2}, many, FIRST_ROWS), examples, "again", other);

    for (int file = 0; file < FIRST_ROWS.size(); file++) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("once").resolve(file(file))),
          Files.readAllBytes(folder.resolve("again").resolve(file(file))));
    }
    // of the days that are for training, an eighth of the rows each is for test and validation
    List<String> parts =
        read("once").stream()
            .flatMap(List::stream)
            .filter(row -> (long) row.get("id") < 350)
            .map(row -> row.get("example_split").toString())
            .toList();
    assertEquals(parts.size() / 8.0, (double) parts.stream().filter("test"::equals).count(), 18);
    assertEquals(
        parts.size() / 8.0, (double) parts.stream().filter("validation"::equals).count(), 18);
  }

  @Test
  void shouldCarryTheNamesOfClasses() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                LabelledSales.EXAMPLE
                    .toString()
                    .replace(
                        "{\"name\":\"example_label\",\"type\":\"double\"}",
                        "{\"name\":\"example_label\",\"type\":\"string\"}"));
    LabelledSales sales = new LabelledSales(9, new int[][] {{9}, {9}, {9}, {9}, {9}});
    JoinInput input =
        sales.write(
            runner,
            new int[] {0, 1, 1, 1, 1},
            new int[][] {{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}},
            List.of(0L));
    run(
        input,
        LabelledSales.examples(
            schema, "1", 0, 0, "CASE WHEN fraud THEN 'bad' WHEN amount > 0.5 THEN UPPER(card) END"),
        "out",
        runner.configuration());

    List<String> found = new ArrayList<>();
    LocalRunner.read(runner.path("out/" + file(0)))
        .forEach(row -> found.add(row.get("id") + " " + row.get("example_label")));
    List<String> expected = new ArrayList<>();
    for (GenericRecord sale :
        sales.days.stream().flatMap(List::stream).flatMap(List::stream).toList()) {
      Double amount = (Double) sale.get("amount");
      if (Boolean.TRUE.equals(sale.get("fraud"))) {
        expected.add(sale.get("id") + " bad");
      } else if (amount != null && amount > 0.5 && sale.get("card") != null) {
        expected.add(
            sale.get("id") + " " + sale.get("card").toString().toUpperCase(java.util.Locale.ROOT));
      }
    }
    assertEquals(expected, found);
  }

  @Test
  void shouldNeedNoMapsWhereRowsHaveNoEntities() throws Exception {
    LabelledSales sales = new LabelledSales(10, new int[][] {{50}, {0}, {0}, {9}, {9}});
    JoinInput input = sales.writeWithoutCards(runner, List.of(0L, 40L));
    Schema schema =
        SchemaBuilder.record("Example")
            .fields()
            .requiredLong("id")
            .name("example_date")
            .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
            .noDefault()
            .requiredString("example_split")
            .requiredDouble("example_label")
            .requiredDouble("example_weight")
            .optionalDouble("amount")
            .endRecord();
    ExampleRecords.Settings examples = LabelledSales.examples(schema, "1", 0, 0, "amount");
    Job job =
        AssembleJob.create(
            runner.configuration(),
            new Joining(input, Optional.of(examples), runner.path("join")),
            Optional.empty(),
            LocalRunner.FINGERPRINT,
            runner.path("out"));
    assertTrue(job.waitForCompletion(false));

    List<String> found = new ArrayList<>();
    for (int file = 0; file < 2; file++) {
      LocalRunner.read(runner.path("out/" + file(file)))
          .forEach(row -> found.add(row.get("id") + " " + row.get("example_label")));
    }
    assertEquals(
        sales.days.stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .filter(sale -> sale.get("amount") != null)
            .map(sale -> sale.get("id") + " " + sale.get("amount"))
            .toList(),
        found);
  }
}
