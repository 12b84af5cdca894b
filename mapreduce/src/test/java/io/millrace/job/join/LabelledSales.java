package io.millrace.job.join;

import io.millrace.aggregate.ComputationCompiler;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.ExpressionException;
import io.millrace.expression.Step;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.BucketFiles;
import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import io.millrace.learn.ExampleSettings;
import io.millrace.learn.Part;
import io.millrace.row.Buckets;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
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
import org.apache.hadoop.fs.Path;

/**
 * Random sales of several days, some of which turned out to be fraud, the features of their cards
 * on the day before, and a naive join of them. On the first day there are no features yet.
 */
final class LabelledSales {
  /** The first epoch day. */
  private static final long FIRST = 20_000;

  static final List<Part> PARTS =
      List.of(Part.TRAIN, Part.TRAIN, Part.TRAIN, Part.VALIDATION, Part.TEST);

  private static final Schema CLEAN =
      SchemaBuilder.record("Sale")
          .fields()
          .requiredLong("id")
          .optionalString("card")
          .optionalDouble("amount")
          .optionalBoolean("fraud")
          .requiredString("note")
          .endRecord();

  private static final Schema READ =
      SchemaBuilder.record("Sale")
          .fields()
          .requiredLong("id")
          .optionalDouble("amount")
          .optionalBoolean("fraud")
          .optionalString("card")
          .endRecord();

  private static final Schema CARD =
      SchemaBuilder.record("CardFeatures")
          .fields()
          .requiredString("card")
          .requiredLong("card_n")
          .optionalDouble("card_mean")
          .requiredLong("card_day")
          .endRecord();

  private static final Schema JOINED =
      SchemaBuilder.record("Joined")
          .fields()
          .requiredLong("id")
          .optionalDouble("amount")
          .optionalBoolean("fraud")
          .requiredLong("card_n")
          .optionalDouble("card_mean")
          .requiredLong("card_day")
          .endRecord();

  static final Schema EXAMPLE =
      SchemaBuilder.record("Example")
          .fields()
          .requiredLong("id")
          .name("example_date")
          .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
          .noDefault()
          .requiredString("example_split")
          .requiredDouble("example_label")
          .requiredDouble("example_weight")
          .optionalDouble("card_mean")
          .optionalDouble("amount")
          .requiredLong("card_n")
          .requiredLong("card_day")
          .endRecord();

  final List<List<List<GenericRecord>>> days = new ArrayList<>();
  private final List<Map<String, GenericRecord>> cards = new ArrayList<>();
  private final Random random;

  /** So many sales in each file of each of five days. */
  LabelledSales(long seed, int[][] sizes) {
    random = new Random(seed);
    long id = 0;
    for (int day = 0; day < sizes.length; day++) {
      List<List<GenericRecord>> files = new ArrayList<>();
      for (int size : sizes[day]) {
        List<GenericRecord> file = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          file.add(sale(id++));
        }
        files.add(file);
      }
      days.add(files);
      cards.add(features(day));
    }
  }

  private GenericRecord sale(long id) {
    GenericRecord sale = new GenericData.Record(CLEAN);
    sale.put("id", id);
    int who = random.nextInt(100);
    sale.put("card", who < 8 ? null : who < 30 ? "hot" : "card-" + random.nextInt(60));
    sale.put("amount", random.nextInt(10) == 0 ? null : random.nextDouble());
    sale.put("fraud", random.nextInt(9) == 0 ? null : random.nextInt(5) == 0);
    sale.put("note", "note " + id);
    return sale;
  }

  private Map<String, GenericRecord> features(int day) {
    Map<String, GenericRecord> features = new TreeMap<>();
    for (int card = 0; day > 0 && card < 70; card++) {
      if (random.nextInt(4) > 0) {
        GenericRecord row = new GenericData.Record(CARD);
        String name = card == 0 ? "hot" : "card-" + card;
        row.put("card", name);
        row.put("card_n", (long) random.nextInt(1000));
        row.put("card_mean", random.nextInt(5) == 0 ? null : random.nextDouble());
        row.put("card_day", 1000L + day);
        features.put(name, row);
      }
    }
    return features;
  }

  /** Labelled by the SQL expression. */
  static ExampleRecords.Settings examples(String negatives, String label)
      throws ExpressionException {
    return examples(EXAMPLE, negatives, 0, 0, label);
  }

  static ExampleRecords.Settings examples(
      Schema schema, String negatives, long testBelow, long validationBelow, String label)
      throws ExpressionException {
    RowType clean = RowType.fromAvro(READ);
    List<ExampleSettings.Day> settings = new ArrayList<>();
    for (int day = 0; day < PARTS.size(); day++) {
      settings.add(new ExampleSettings.Day(FIRST + day, PARTS.get(day)));
    }
    return new ExampleRecords.Settings(
        new ExampleSettings(
            schema.toString(), List.of("id"), settings, testBelow, validationBelow, negatives),
        new ComputationCompiler(ZoneOffset.UTC)
            .compile(
                clean,
                List.of(),
                List.of(
                    new Step.Assign(
                        "label",
                        new ExpressionCompiler(ZoneOffset.UTC).parse(label, clean),
                        "example_label"))));
  }

  /** The training rows as they should be, in their order. */
  List<GenericRecord> examples(String negatives) {
    List<GenericRecord> examples = new ArrayList<>();
    for (int day = 0; day < days.size(); day++) {
      for (List<GenericRecord> file : days.get(day)) {
        for (GenericRecord sale : file) {
          Boolean fraud = (Boolean) sale.get("fraud");
          if (fraud != null && (fraud || isKept((long) sale.get("id"), day, negatives))) {
            examples.add(example(sale, fraud, day, negatives));
          }
        }
      }
    }
    return examples;
  }

  /** XXH64(2 ‖ key ‖ epoch day) lies in the lowest share of all numbers. */
  private static boolean isKept(long id, int day, String negatives) {
    byte[] key = new ByteBuilder().putByte(2).putVarint(id).putBigEndian(FIRST + day).toByteArray();
    BigInteger hash = new BigInteger(Long.toUnsignedString(XxHash64.hash(key, 0, key.length)));
    return new BigDecimal(hash)
            .compareTo(new BigDecimal(negatives).multiply(new BigDecimal(BigInteger.TWO.pow(64))))
        < 0;
  }

  private GenericRecord example(GenericRecord sale, boolean fraud, int day, String negatives) {
    GenericRecord example = new GenericData.Record(EXAMPLE);
    example.put("id", sale.get("id"));
    example.put("example_date", (int) (FIRST + day));
    example.put("example_split", PARTS.get(day).word());
    example.put("example_label", fraud ? 1.0 : 0.0);
    example.put("example_weight", fraud ? 1.0 : 1 / Double.parseDouble(negatives));
    example.put("amount", sale.get("amount"));
    GenericRecord card = cards.get(day).get(String.valueOf(sale.get("card")));
    example.put("card_n", card == null ? 0L : card.get("card_n"));
    example.put("card_mean", card == null ? null : card.get("card_mean"));
    example.put("card_day", card == null ? (long) day : card.get("card_day"));
    return example;
  }

  /**
   * Writes all files.
   *
   * @param buckets of the features of each day
   * @param packs the first task that reads each day's features, and in how many buckets
   * @param firstRows with which files begin
   */
  JoinInput write(LocalRunner runner, int[] buckets, int[][] packs, List<Long> firstRows)
      throws IOException {
    List<JoinInput.Day> input = new ArrayList<>();
    for (int day = 0; day < days.size(); day++) {
      JoinInput.Features features =
          new JoinInput.Features(
              packs[day][0], packs[day][1], List.of(writeCards(runner, day, buckets[day])));
      // of no events: 0, NULL, and the number of the day
      byte[] nothing = new ByteBuilder().putVarint(0).putByte(0).putVarint(day).toByteArray();
      input.add(
          new JoinInput.Day(
              writeClean(runner, day),
              List.of(features),
              new NoFeatures(List.of(List.of(HexFormat.of().formatHex(nothing))))));
    }
    JoinSettings.Group group =
        new JoinSettings.Group("card", CARD.toString(), List.of("card_n", "card_mean", "card_day"));
    return new JoinInput(
        new JoinSettings(
            READ.toString(),
            List.of("id", "amount", "fraud"),
            JOINED.toString(),
            List.of(new JoinSettings.Entity(List.of("card"), List.of(group)))),
        input,
        firstRows);
  }

  /** Writes the clean files alone; nothing is known of cards. */
  JoinInput writeWithoutCards(LocalRunner runner, List<Long> firstRows) throws IOException {
    List<JoinInput.Day> input = new ArrayList<>();
    for (int day = 0; day < days.size(); day++) {
      input.add(new JoinInput.Day(writeClean(runner, day), List.of(), new NoFeatures(List.of())));
    }
    Schema joined =
        SchemaBuilder.record("Joined")
            .fields()
            .requiredLong("id")
            .optionalDouble("amount")
            .endRecord();
    return new JoinInput(
        new JoinSettings(READ.toString(), List.of("id", "amount"), joined.toString(), List.of()),
        input,
        firstRows);
  }

  private List<JoinInput.CleanFile> writeClean(LocalRunner runner, int day) throws IOException {
    List<JoinInput.CleanFile> files = new ArrayList<>();
    for (List<GenericRecord> file : days.get(day)) {
      Path path =
          runner.write("clean/%d/part-%d.avro".formatted(day, files.size()), CLEAN, 400, file);
      files.add(
          new JoinInput.CleanFile(path.toString(), JoinedSales.length(runner, path), file.size()));
    }
    return files;
  }

  private BucketFiles writeCards(LocalRunner runner, int day, int buckets) throws IOException {
    if (day == 0) {
      return new BucketFiles("", List.of(), List.of());
    }
    String folder = "features/%d-%d".formatted(day, buckets);
    List<String> names = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      int number = bucket;
      List<GenericRecord> rows =
          cards.get(day).values().stream()
              .filter(row -> Buckets.of(hash(row), buckets) == number)
              .sorted(
                  Comparator.comparing(LabelledSales::hash, Long::compareUnsigned)
                      .thenComparing(LabelledSales::key, Arrays::compareUnsigned))
              .toList();
      names.add("part-%d.avro".formatted(bucket));
      Path path = runner.write(folder + "/" + names.get(bucket), CARD, 300, rows);
      lengths.add(JoinedSales.length(runner, path));
    }
    return new BucketFiles(runner.path(folder).toString(), names, lengths);
  }

  private static long hash(GenericRecord features) {
    byte[] key = key(features);
    return XxHash64.hash(key, 0, key.length);
  }

  private static byte[] key(GenericRecord features) {
    byte[] card = features.get("card").toString().getBytes(StandardCharsets.UTF_8);
    return new ByteBuilder().putSlice(card, 0, card.length).toByteArray();
  }
}
