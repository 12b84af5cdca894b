package io.millrace.job.train.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.PublicData;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.train.ExampleSettings;
import io.millrace.learn.ModelOutputs;
import io.millrace.learn.Part;
import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.OnnxRun;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparePlan;
import io.millrace.learn.prepare.StatisticsPlan;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.learn.trees.DesignColumns;
import io.millrace.learn.trees.NativeLibrary;
import io.millrace.learn.trees.Objective;
import io.millrace.learn.trees.StopReason;
import io.millrace.learn.trees.TreesGraph;
import io.millrace.learn.trees.TreesResult;
import io.millrace.learn.trees.TreesSettings;
import io.millrace.pipeline.Training;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import io.millrace.spec.ModelSpec;
import io.millrace.spec.SpecParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public data sets through the job, with the defaults of a spec, scored by the ONNX file. */
class PublicTreesTest {
  @BeforeAll
  static void needXgBoost() throws IOException {
    NativeLibrary.assumeLoadable();
  }

  private static final String SPEC =
      """
      pipeline: public
      warehouse: /warehouse
      source: {path: "/landing/dt=${date}", format: csv, schema: row.avsc, event_time: at, from: 2026-01-01}
      clean: {rules: {known: label IS NOT NULL}}
      train:
        model: {name: public, kind: trees}
        label: {of: label, known_after: 0d}
        inputs: [a]
        snapshots: {history: 1d}
        split: {by: hash, validation: 10%, test: 20%}
      """;

  private static final List<String> CLASSES = List.of("0", "1");

  @TempDir java.nio.file.Path folder;

  /** Named texts of a row, its label among them, and what it is for. */
  private record Example(Map<String, String> values, boolean label, Part part) {}

  private static TreesSettings byDefault() {
    ModelSpec model =
        SpecParser.parse("pipeline.yaml", SPEC, Map.of()).train().orElseThrow().model();
    return TreesSettings.of(
        Objective.LOGISTIC, 1, (ModelSpec.Trees) model.algorithm(), model.seed());
  }

  /** Each tenth row for validation; which ones does not hang on their order. */
  private static Part part(String line, Part otherwise) {
    return Math.floorMod((line.hashCode() * 0x9E3779B9) >>> 7, 10) == 0
        ? Part.VALIDATION
        : otherwise;
  }

  @Test
  void shouldTellIncomesOfAdult() throws Exception {
    List<String> names =
        List.of(
            "age",
            "workclass",
            "weight",
            "education",
            "years",
            "marital",
            "occupation",
            "relationship",
            "race",
            "sex",
            "gain",
            "loss",
            "hours",
            "country",
            "income");
    List<Example> examples = new ArrayList<>();
    for (String file : List.of("adult-train.csv", "adult-test.csv")) {
      for (String line : Files.readAllLines(PublicData.find("adult", file))) {
        String[] cells = line.split(",", -1);
        if (cells.length == names.size()) {
          Map<String, String> values = values(names, cells);
          boolean label = values.remove("income").startsWith(">50K");
          boolean isTest = file.endsWith("test.csv");
          examples.add(new Example(values, label, isTest ? Part.TEST : part(line, Part.TRAIN)));
        }
      }
    }
    assertEquals(48_842, examples.size());
    double area = area(examples, List.of("age", "weight", "years", "gain", "loss", "hours"));
    assertTrue(area >= 0.925, () -> "AUC: " + area);
  }

  @Test
  void shouldTellDepositsOfBankMarketing() throws Exception {
    List<String> lines =
        Files.readAllLines(
            PublicData.find("bank_marketing", "bank-additional", "bank-additional-full.csv"));
    List<String> names = Arrays.asList(lines.get(0).replace("\"", "").split(";", -1));
    List<Example> examples = new ArrayList<>();
    for (String line : new LinkedHashSet<>(lines.subList(1, lines.size()))) {
      Map<String, String> values = values(names, line.replace("\"", "").split(";", -1));
      // how long the call was is known only when it is over
      values.remove("duration");
      boolean label = values.remove("y").equals("yes");
      boolean isTest = Math.floorMod((line.hashCode() * 0x85EBCA6B) >>> 9, 5) == 0;
      examples.add(new Example(values, label, isTest ? Part.TEST : part(line, Part.TRAIN)));
    }
    assertEquals(41_176, examples.size());
    double area =
        area(
            examples,
            List.of(
                "age",
                "campaign",
                "pdays",
                "previous",
                "emp.var.rate",
                "cons.price.idx",
                "cons.conf.idx",
                "euribor3m",
                "nr.employed"));
    assertTrue(area >= 0.80, () -> "AUC: " + area);
  }

  private static Map<String, String> values(List<String> names, String[] cells) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      values.put(names.get(i), cells[i].strip());
    }
    return values;
  }

  /** Fits, and gives the area under the ROC curve of the test rows. */
  private double area(List<Example> examples, List<String> numbers) throws Exception {
    RowType type = type(examples.get(0).values().keySet(), numbers);
    List<Column> inputs = type.columns().subList(4, type.size());
    LocalRunner runner = new LocalRunner(folder);
    List<String> files = write(examples, type, runner);
    Preparation preparation =
        Preparation.fit(
            inputs,
            PreparePlan.of(inputs, PreparePlan.ModelKind.TREES, Map.of()),
            statistics(files, type, inputs, runner));
    TreesJobSettings settings =
        new TreesJobSettings(
            byDefault(),
            new ExampleSettings(preparation, new ClassWeighting(CLASSES, List.of())),
            files,
            runner.path("fit").toString());
    Job job = TreesJob.create(runner.configuration(), settings, runner.path("work"));
    assertTrue(job.waitForCompletion(false));
    TreesResult result =
        new FitFolder(runner.path("fit"), job.getConfiguration()).result().orElseThrow();
    assertEquals(StopReason.EARLY, result.reason());
    byte[] onnx =
        TreesGraph.onnx(preparation, result.ensemble(DesignColumns.of(preparation)), List.of());
    return area(onnx, inputs, examples.stream().filter(each -> each.part() == Part.TEST).toList());
  }

  private static RowType type(Set<String> names, List<String> numbers) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(Training.EXAMPLE_DATE, ColumnType.of(Kind.DATE)));
    columns.add(new Column(Training.EXAMPLE_SPLIT, ColumnType.of(Kind.STRING)));
    columns.add(new Column(Training.EXAMPLE_LABEL, ColumnType.of(Kind.DOUBLE)));
    columns.add(new Column(Training.EXAMPLE_WEIGHT, ColumnType.of(Kind.DOUBLE)));
    for (String name : names.stream().sorted().toList()) {
      Kind kind = numbers.contains(name) ? Kind.DOUBLE : Kind.STRING;
      columns.add(new Column(column(name), ColumnType.of(kind).withNullable(true)));
    }
    return new RowType("Example", columns);
  }

  /** As an Avro field is named. */
  private static String column(String name) {
    return name.replace('.', '_');
  }

  private static List<String> write(List<Example> examples, RowType type, LocalRunner runner)
      throws IOException {
    Schema schema = type.toAvro();
    List<GenericRecord> records = new ArrayList<>();
    for (Example example : examples) {
      GenericRecord record = new GenericData.Record(schema);
      record.put(Training.EXAMPLE_DATE, 20_000);
      record.put(Training.EXAMPLE_SPLIT, example.part().word());
      record.put(Training.EXAMPLE_LABEL, example.label() ? 1.0 : 0.0);
      record.put(Training.EXAMPLE_WEIGHT, 1.0);
      example
          .values()
          .forEach(
              (name, text) ->
                  record.put(
                      column(name),
                      type.column(column(name)).type().kind() == Kind.DOUBLE
                          ? (Object) Double.valueOf(text)
                          : text));
      records.add(record);
    }
    int half = records.size() / 2;
    return List.of(
        runner.write("rows/0.avro", schema, 1 << 16, records.subList(0, half)).toString(),
        runner
            .write("rows/1.avro", schema, 1 << 16, records.subList(half, records.size()))
            .toString());
  }

  private static TableStatistics statistics(
      List<String> files, RowType type, List<Column> inputs, LocalRunner runner)
      throws IOException {
    TableStatistics statistics =
        new TableStatistics(
            new StatisticsPlan(
                type.toAvro().toString(),
                inputs.stream()
                    .map(input -> new StatisticsPlan.Input(input.name(), false))
                    .toList(),
                new StatisticsPlan.ExampleColumns(
                    Training.EXAMPLE_DATE, Training.EXAMPLE_SPLIT, Training.EXAMPLE_LABEL),
                true));
    RowDecoder decoder = new RowDecoder(type);
    Row row = new Row(type.size());
    ByteCursor cursor = new ByteCursor();
    RecordBlock block = new RecordBlock();
    for (String file : files) {
      try (AvroRecordReader reader =
          AvroRecordReader.open(new Path(file), runner.configuration())) {
        while (reader.next(block)) {
          int start =
              row.load(block.bytes().array(), block.bytes().offset(), block.bytes().length());
          cursor.reset(row.bytes, start, block.bytes().length());
          for (long i = 0; i < block.count(); i++) {
            decoder.decode(cursor, row);
            statistics.add(row);
          }
        }
      }
    }
    return statistics;
  }

  /** The share of pairs of rows with the label and rows without it that are in the right order. */
  private static double area(byte[] onnx, List<Column> inputs, List<Example> examples)
      throws Exception {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Example example : examples) {
      Map<String, @Nullable Object> row = new HashMap<>();
      example
          .values()
          .forEach(
              (name, text) ->
                  row.put(
                      column(name),
                      inputs.stream()
                              .anyMatch(
                                  input ->
                                      input.name().equals(column(name))
                                          && input.type().kind() == Kind.DOUBLE)
                          ? (Object) Double.valueOf(text)
                          : text));
      rows.add(row);
    }
    double[][] scores;
    try (OnnxRun run = new OnnxRun(onnx)) {
      scores = (double[][]) run.run(rows, ModelOutputs.SCORE);
    }
    double[] positives = sorted(examples, scores, true);
    double[] negatives = sorted(examples, scores, false);
    double right = 0;
    int below = 0;
    int upTo = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      while (upTo < negatives.length && negatives[upTo] <= score) {
        upTo++;
      }
      right += (below + upTo) / 2.0;
    }
    return right / positives.length / negatives.length;
  }

  private static double[] sorted(List<Example> examples, double[][] scores, boolean label) {
    double[] sorted = new double[examples.size()];
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (examples.get(i).label() == label) {
        sorted[count++] = scores[i][0];
      }
    }
    sorted = Arrays.copyOf(sorted, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
