package io.millrace.job.evaluate;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.millrace.job.LocalRunner;
import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.learn.metrics.Segment;
import io.millrace.model.BoundModel;
import io.millrace.model.ElementType;
import io.millrace.model.GraphBuilder;
import io.millrace.model.ModelInputs;
import io.millrace.model.ModelInputs.Feed;
import io.millrace.model.ModelOutput;
import io.millrace.pipeline.SpecText;
import io.millrace.pipeline.Training;
import io.millrace.spec.ScoreSpec.Missing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Training rows of payments, and models whose scores can be worked out by hand. */
record Payments(Training training, List<Payment> rows, List<Model> files) {
  /** The classes of {@link #ofHours}. */
  static final List<String> CLASSES = List.of("day", "evening", "night");

  private static final int FILES = 3;
  private static final int BLOCK_BYTES = 2000;
  private static final List<String> CHANNELS = List.of("", "shop", "\u0000\u0001 ünïcode");

  /**
   * A row.
   *
   * @param label of classes their number
   */
  record Payment(
      Part part,
      double label,
      double weight,
      @Nullable Double amount,
      long hour,
      @Nullable String channel) {
    Payment labelled(double other) {
      return new Payment(part, other, weight, amount, hour, channel);
    }
  }

  /** A model and its bytes. */
  static final class Model {
    private final EvaluatedModel role;
    private final byte[] onnx;
    private final BoundModel bound;
    private final List<String> classes;

    Model(EvaluatedModel role, byte[] onnx, BoundModel bound, List<String> classes) {
      this.role = role;
      this.onnx = onnx;
      this.bound = bound;
      this.classes = classes;
    }
  }

  /** Fraud is likelier late in the day and with great amounts. The other model forbids NULL. */
  static Payments ofFraud() {
    return new Payments(
        training("logistic", "{of: paid > 1, known_after: 0d}"),
        draw((random, score) -> random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0),
        List.of(
            new Model(
                EvaluatedModel.CANDIDATE,
                inputs()
                    .node("Sigmoid", List.of("linear"), "score")
                    .output("score", DataType.DOUBLE, -1, 1)
                    .toByteArray(),
                bound("score", "amount", "hour", "channel"),
                List.of()),
            new Model(
                EvaluatedModel.BASELINE,
                new GraphBuilder()
                    .input("amount", DataType.DOUBLE, -1, 1)
                    .node("Neg", List.of("amount"), "risk")
                    .output("risk", DataType.DOUBLE, -1, 1)
                    .toByteArray(),
                new BoundModel(
                    new ModelInputs(
                        List.of(
                            new ModelInputs.Tensor(
                                "amount",
                                ElementType.DOUBLE,
                                true,
                                List.of(new Feed("amount", new Missing.Reject())))),
                        false),
                    output("risk")),
                List.of())));
  }

  /** The label is a number. */
  static Payments ofAmounts() {
    return new Payments(
        training("linear", "{of: paid, known_after: 0d}"),
        draw((random, score) -> score + random.nextGaussian()),
        List.of(
            new Model(
                EvaluatedModel.CANDIDATE,
                inputs()
                    .node("Identity", List.of("linear"), "score")
                    .output("score", DataType.DOUBLE, -1, 1)
                    .toByteArray(),
                bound("score", "amount", "hour", "channel"),
                List.of())));
  }

  /** The label is a class. */
  static Payments ofHours() {
    return new Payments(
        training("logistic", "{of: time_of_day, known_after: 0d}"),
        draw(
            (random, score) ->
                Math.min(2, Math.max(0, Math.round(score + 1 + random.nextGaussian())))),
        List.of(
            new Model(
                EvaluatedModel.CANDIDATE,
                inputs()
                    .doubles("slopes", List.of(1L, 3L), -1, 0.5, 1)
                    .node("MatMul", List.of("linear", "slopes"), "logits")
                    .node("Softmax", List.of("logits"), "probabilities")
                    .output("probabilities", DataType.DOUBLE, -1, 3)
                    .toByteArray(),
                bound("probabilities", "amount", "hour", "channel"),
                CLASSES)));
  }

  /** {@code linear = amount / 100 + hour / 4 − 4}, where an unknown amount counts 0. */
  private static double linear(Payment row) {
    return (row.amount() == null ? 0 : row.amount()) / 128 + row.hour() / 4.0 - 4;
  }

  static double fraudScore(Payment row) {
    return 1 / (1 + Math.exp(-linear(row)));
  }

  static double amountScore(Payment row) {
    return linear(row);
  }

  static double[] hourScores(Payment row) {
    double linear = linear(row);
    double[] odds = {Math.exp(-linear), Math.exp(linear / 2), Math.exp(linear)};
    double sum = odds[0] + odds[1] + odds[2];
    return new double[] {odds[0] / sum, odds[1] / sum, odds[2] / sum};
  }

  static int likeliestHour(Payment row) {
    double[] scores = hourScores(row);
    int best = scores[1] > scores[0] ? 1 : 0;
    return scores[2] > scores[best] ? 2 : best;
  }

  static int orderOfSegment(Segment segment) {
    return segment.value().map(CHANNELS::indexOf).orElse(-1);
  }

  private static GraphBuilder inputs() {
    return new GraphBuilder()
        .input("amount", DataType.DOUBLE, -1, 1)
        .input("hour", DataType.DOUBLE, -1, 1)
        .input("channel", DataType.STRING, -1, 1)
        .doubles("zero", List.of(1L), 0)
        .doubles("amount_slope", List.of(1L), 1 / 128.0)
        .doubles("hour_slope", List.of(1L), 0.25)
        .doubles("bias", List.of(1L), -4)
        .node("IsNaN", List.of("amount"), "unknown")
        .node("Where", List.of("unknown", "zero", "amount"), "known")
        .node("Mul", List.of("known", "amount_slope"), "of_amount")
        .node("Mul", List.of("hour", "hour_slope"), "of_hour")
        .node("Add", List.of("of_amount", "of_hour"), "both")
        .node("Add", List.of("both", "bias"), "linear");
  }

  private static BoundModel bound(String output, String... columns) {
    List<ModelInputs.Tensor> tensors = new ArrayList<>();
    for (String column : columns) {
      tensors.add(
          new ModelInputs.Tensor(
              column,
              column.equals("channel") ? ElementType.STRING : ElementType.DOUBLE,
              true,
              List.of(new Feed(column, new Missing.NotANumber()))));
    }
    return new BoundModel(new ModelInputs(tensors, false), output(output));
  }

  private static ModelOutput output(String name) {
    return new ModelOutput(name, name, ElementType.DOUBLE, OptionalInt.empty());
  }

  private interface Labels {
    double draw(Random random, double score);
  }

  private static List<Payment> draw(Labels labels) {
    Random random = new Random(5);
    List<Payment> rows = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      int channel = random.nextInt(CHANNELS.size() + 1);
      Payment row =
          new Payment(
              List.of(Part.values()).get(random.nextInt(Part.values().length)),
              0,
              random.nextBoolean() ? 1 : 10.0 / 3,
              random.nextInt(10) == 0 ? null : (double) random.nextInt(300),
              random.nextInt(24),
              channel == CHANNELS.size() ? null : CHANNELS.get(channel));
      rows.add(row.labelled(labels.draw(random, linear(row))));
    }
    return rows;
  }

  private static Training training(String kind, String label) {
    SpecText spec =
        new SpecText(
            """
            pipeline: payments
            warehouse: /warehouse
            source:
              path: /landing/${date}
              schema: payment.avsc
              event_time: ts
              from: 2026-01-01
            clean:
              deduplicate: {by: txn, keep: latest}
            train:
              model: {name: fraud, kind: %s, seed: 3}
              label: %s
              inputs: [amount, hour, channel]
              snapshots: {history: 90d}
              split: {by: hash, validation: 20%%, test: 20%%}
              evaluate: {segments: [channel], threshold: 0.5, top: [10, 5%%]}
            """
                .formatted(kind, label),
            Map.of(
                "payment.avsc",
                """
                {"type": "record", "name": "Payment", "fields": [
                  {"name": "txn", "type": "string"},
                  {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "amount", "type": ["null", "double"], "default": null},
                  {"name": "hour", "type": "long"},
                  {"name": "paid", "type": "double"},
                  {"name": "time_of_day", "type": "string"},
                  {"name": "channel", "type": ["null", "string"], "default": null}]}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    return spec.bind().training().orElseThrow();
  }

  List<Payment> rows(Part part) {
    return rows.stream().filter(row -> row.part() == part).toList();
  }

  /** Writes the rows into several files, the first of which is empty. */
  EvaluateJob.Examples examples(LocalRunner runner) throws IOException {
    Schema schema = training.rows().toAvro();
    List<Path> files = new ArrayList<>();
    for (int file = 0; file <= FILES; file++) {
      List<GenericRecord> records = new ArrayList<>();
      for (int i = file - 1; file > 0 && i < rows.size(); i += FILES) {
        records.add(record(schema, i));
      }
      files.add(
          runner.write(
              "training/part-m-0000%d.avro".formatted(file), schema, BLOCK_BYTES, records));
    }
    return new EvaluateJob.Examples(files, rows.size(), rows(Part.TEST).size());
  }

  private GenericRecord record(Schema schema, int number) {
    Payment row = rows.get(number);
    GenericRecord record = new GenericData.Record(schema);
    record.put("txn", "t" + number);
    record.put("example_date", 0);
    record.put("example_split", row.part().word());
    boolean isClass = training.target() == Training.Target.CLASSES;
    record.put("example_label", isClass ? CLASSES.get((int) row.label()) : row.label());
    record.put("example_weight", row.weight());
    record.put("amount", row.amount());
    record.put("hour", row.hour());
    record.put("channel", row.channel());
    return record;
  }

  List<MeasuredModel> models(java.nio.file.Path folder) throws IOException {
    List<MeasuredModel> models = new ArrayList<>();
    for (Model model : files) {
      java.nio.file.Path file = folder.resolve(model.role.fieldValue() + ".onnx");
      Files.write(file, model.onnx);
      models.add(new MeasuredModel(model.role, new Path(file.toUri()), model.bound, model.classes));
    }
    return models;
  }
}
