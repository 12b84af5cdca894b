package io.millrace.job.join;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.BucketFiles;
import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import io.millrace.row.Buckets;
import io.millrace.row.ByteBuilder;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/**
 * Random sales, the features of their cards, of cards in shops, and a naive join of them. Two
 * groups describe cards; both lack some, and not the same.
 */
final class JoinedSales {
  static final Schema CLEAN =
      SchemaBuilder.record("Sale")
          .fields()
          .optionalString("card")
          .requiredLong("id")
          .requiredString("note")
          .optionalInt("shop")
          .endRecord();
  static final Schema CARD =
      SchemaBuilder.record("CardFeatures")
          .fields()
          .requiredString("card")
          .requiredLong("card_n")
          .optionalDouble("card_unread")
          .optionalString("card_last")
          .endRecord();
  static final Schema ONLINE =
      SchemaBuilder.record("OnlineFeatures")
          .fields()
          .requiredString("card")
          .requiredLong("online_n")
          .endRecord();
  static final Schema PAIR =
      SchemaBuilder.record("PairFeatures")
          .fields()
          .requiredInt("shop")
          .requiredString("card")
          .optionalDouble("pair_x")
          .endRecord();
  static final Schema JOINED =
      SchemaBuilder.record("Joined")
          .fields()
          .requiredLong("id")
          .optionalString("card_last")
          .requiredLong("card_n")
          .requiredLong("online_n")
          .optionalDouble("pair_x")
          .endRecord();

  /** The features of no events: NULL and 0; 0; NULL. */
  static final JoinSettings SETTINGS =
      new JoinSettings(
          SchemaBuilder.record("Read")
              .fields()
              .requiredLong("id")
              .optionalString("card")
              .optionalInt("shop")
              .endRecord()
              .toString(),
          List.of("id"),
          JOINED.toString(),
          List.of(
              new JoinSettings.Entity(
                  List.of("card"),
                  List.of(
                      new JoinSettings.Group(
                          "card", read(CARD, 0, 3, 1), List.of("card_last", "card_n")),
                      new JoinSettings.Group("online", read(ONLINE, 0, 1), List.of("online_n")))),
              new JoinSettings.Entity(
                  List.of("shop", "card"),
                  List.of(
                      new JoinSettings.Group("pair", read(PAIR, 0, 1, 2), List.of("pair_x"))))));

  static final NoFeatures NO_FEATURES =
      new NoFeatures(List.of(List.of("0000", "00"), List.of("00")));

  private final Random random;
  final List<List<GenericRecord>> cleanFiles = new ArrayList<>();
  final Map<String, GenericRecord> cards = new TreeMap<>();
  final Map<String, GenericRecord> online = new TreeMap<>();
  final Map<String, GenericRecord> pairs = new TreeMap<>();

  private static String read(Schema written, int... fields) {
    List<Schema.Field> read = new ArrayList<>();
    for (int field : fields) {
      read.add(
          new Schema.Field(
              written.getFields().get(field), written.getFields().get(field).schema()));
    }
    return Schema.createRecord(written.getName(), null, null, false, read).toString();
  }

  /**
   * Files of so many sales each.
   *
   * @param hot of how many in a hundred the card is one and the same
   */
  JoinedSales(long seed, int hot, int... sizes) {
    random = new Random(seed);
    for (int card = 0; card < 300; card++) {
      String name = card == 0 ? "hot" : "card-" + card;
      if (random.nextInt(5) > 0 || card == 0) {
        GenericRecord features = new GenericData.Record(CARD);
        features.put("card", name);
        features.put("card_n", random.nextLong());
        features.put("card_unread", 3.5);
        features.put("card_last", random.nextInt(3) == 0 ? null : "shop " + random.nextInt(100));
        cards.put(name, features);
      }
      if (random.nextInt(3) == 0) {
        GenericRecord features = new GenericData.Record(ONLINE);
        features.put("card", name);
        features.put("online_n", (long) random.nextInt(100));
        online.put(name, features);
      }
      for (int shop = 0; shop < 5; shop++) {
        if (random.nextInt(2) == 0) {
          GenericRecord features = new GenericData.Record(PAIR);
          features.put("shop", shop);
          features.put("card", name);
          features.put("pair_x", random.nextInt(4) == 0 ? null : random.nextDouble());
          pairs.put(shop + " " + name, features);
        }
      }
    }
    long id = 0;
    for (int size : sizes) {
      List<GenericRecord> file = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        GenericRecord sale = new GenericData.Record(CLEAN);
        sale.put("id", id++);
        sale.put("note", "note " + i);
        int who = random.nextInt(100);
        sale.put("card", who < hot ? "hot" : who < hot + 8 ? null : "card-" + random.nextInt(400));
        sale.put("shop", random.nextInt(9) == 0 ? null : random.nextInt(7));
        file.add(sale);
      }
      cleanFiles.add(file);
    }
  }

  /** What comes of a join, file by file. */
  List<List<GenericRecord>> joined() {
    return cleanFiles.stream().map(file -> file.stream().map(this::joined).toList()).toList();
  }

  private GenericRecord joined(GenericRecord sale) {
    GenericRecord joined = new GenericData.Record(JOINED);
    joined.put("id", sale.get("id"));
    GenericRecord card = cards.get(String.valueOf(sale.get("card")));
    joined.put("card_last", card == null ? null : card.get("card_last"));
    joined.put("card_n", card == null ? 0L : card.get("card_n"));
    GenericRecord onlineOfCard = online.get(String.valueOf(sale.get("card")));
    joined.put("online_n", onlineOfCard == null ? 0L : onlineOfCard.get("online_n"));
    GenericRecord pair = pairs.get(sale.get("shop") + " " + sale.get("card"));
    joined.put("pair_x", pair == null ? null : pair.get("pair_x"));
    return joined;
  }

  /** Writes the features in so many buckets a group, and the clean files. */
  JoinInput write(LocalRunner runner, int[] buckets, int[] tasks) throws IOException {
    List<JoinInput.CleanFile> files = new ArrayList<>();
    for (int file = 0; file < cleanFiles.size(); file++) {
      Path path =
          runner.write("clean/part-r-%05d.avro".formatted(file), CLEAN, 400, cleanFiles.get(file));
      files.add(
          new JoinInput.CleanFile(
              path.toString(), length(runner, path), cleanFiles.get(file).size()));
    }
    BucketFiles cardFiles = write(runner, "card", CARD, cards.values(), buckets[0]);
    BucketFiles onlineFiles = write(runner, "online", ONLINE, online.values(), buckets[1]);
    BucketFiles pairFiles = write(runner, "pair", PAIR, pairs.values(), buckets[2]);
    return input(
        files,
        new JoinInput.Features(0, tasks[0], List.of(cardFiles, onlineFiles)),
        new JoinInput.Features(tasks[0], tasks[1], List.of(pairFiles)));
  }

  /** A join of one date, that makes a file of each clean file. */
  static JoinInput input(List<JoinInput.CleanFile> files, JoinInput.Features... features) {
    List<Long> firstRows = new ArrayList<>();
    long row = 0;
    for (JoinInput.CleanFile file : files) {
      firstRows.add(row);
      row += file.records();
    }
    return new JoinInput(
        SETTINGS, List.of(new JoinInput.Day(files, List.of(features), NO_FEATURES)), firstRows);
  }

  static long length(LocalRunner runner, Path path) throws IOException {
    return path.getFileSystem(runner.configuration()).getFileStatus(path).getLen();
  }

  private static BucketFiles write(
      LocalRunner runner,
      String group,
      Schema schema,
      Iterable<GenericRecord> features,
      int buckets)
      throws IOException {
    Map<Integer, List<GenericRecord>> files = new HashMap<>();
    for (GenericRecord row : features) {
      files.computeIfAbsent(Buckets.of(hash(row), buckets), key -> new ArrayList<>()).add(row);
    }
    List<String> names = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    String folder = "features/" + group + "-" + buckets;
    for (int bucket = 0; bucket < buckets; bucket++) {
      List<GenericRecord> rows = files.getOrDefault(bucket, new ArrayList<>());
      rows.sort(
          Comparator.comparing(JoinedSales::hash, Long::compareUnsigned)
              .thenComparing(JoinedSales::key, Arrays::compareUnsigned));
      String name = "part-m-%05d.avro".formatted(bucket);
      Path path = runner.write(folder + "/" + name, schema, 300, rows);
      names.add(name);
      lengths.add(length(runner, path));
    }
    return new BucketFiles(runner.path(folder).toString(), names, lengths);
  }

  private static long hash(GenericRecord features) {
    byte[] key = key(features);
    return XxHash64.hash(key, 0, key.length);
  }

  /** The entity in binary Avro: text with its length in front, numbers as zig-zag. */
  static byte[] key(GenericRecord features) {
    ByteBuilder key = new ByteBuilder();
    if (features.getSchema().getField("shop") != null) {
      key.putVarint((int) features.get("shop"));
    }
    byte[] card = features.get("card").toString().getBytes(StandardCharsets.UTF_8);
    return key.putSlice(card, 0, card.length).toByteArray();
  }
}
