package io.millrace.job.join;

import static io.millrace.job.Drivers.configured;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchMapReduceTest {
  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private JoinedSales sales;
  private JoinInput input;
  private Job job;

  @BeforeEach
  void writeSales() throws IOException {
    runner = new LocalRunner(folder);
    sales = new JoinedSales(6, 50, 10, 3);
    input = sales.write(runner, new int[] {1, 1, 1}, new int[] {1, 1});
    job =
        MatchJob.create(
            runner.configuration(),
            new Joining(input, Optional.empty(), runner.path("join")),
            LocalRunner.FINGERPRINT,
            runner.path("matches"));
  }

  private static RecordBlock block(long firstRecord, List<GenericRecord> records)
      throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    for (GenericRecord record : records) {
      new GenericDatumWriter<GenericRecord>(JoinedSales.CLEAN).write(record, encoder);
    }
    encoder.flush();
    return new RecordBlock()
        .writtenWith(JoinedSales.CLEAN)
        .set(records.size(), firstRecord, out.toByteArray(), 0, out.size());
  }

  private static Slice key(int entity, byte[] encoded) {
    return new Slice(
        new ByteBuilder()
            .putByte(entity)
            .putByte(0)
            .putByte(0)
            .putBigEndian(XxHash64.hash(encoded, 0, encoded.length))
            .putBytes(encoded)
            .toByteArray());
  }

  private static byte[] card(Object name) {
    byte[] text = name.toString().getBytes(StandardCharsets.UTF_8);
    return new ByteBuilder().putSlice(text, 0, text.length).toByteArray();
  }

  private static byte[] pair(Object shop, Object card) {
    return new ByteBuilder().putVarint((int) shop).putBytes(card(card)).toByteArray();
  }

  /** A list of row numbers as its definition says: the first, then differences. */
  private static Slice numbers(long... rows) {
    ByteBuilder list = new ByteBuilder();
    long last = 0;
    for (long row : rows) {
      list.putVarint(row - last);
      last = row;
    }
    return new Slice(list.toByteArray());
  }

  @Test
  void shouldSendTheNumberOfARowToTheEntitiesThatItNames() throws Exception {
    List<GenericRecord> second = sales.cleanFiles.get(1);
    second.get(0).put("card", "hot");
    second.get(0).put("shop", 4);
    second.get(1).put("card", null);
    second.get(1).put("shop", 4);
    second.get(2).put("card", "c");
    second.get(2).put("shop", null);
    MapDriver<IntWritable, RecordBlock, Slice, Slice> driver =
        configured(MapDriver.newMapDriver(new MatchMapper()), job.getConfiguration());
    driver.withInput(new IntWritable(1), block(0, second.subList(0, 1)));
    driver.withInput(new IntWritable(1), block(1, second.subList(1, 3)));

    // the first file has 10 rows
    assertEquals(
        List.of(
            new Pair<>(key(0, card("hot")), numbers(10)),
            new Pair<>(key(1, pair(4, "hot")), numbers(10)),
            new Pair<>(key(0, card("c")), numbers(12))),
        driver.run());
  }

  @Test
  void shouldPutRowNumbersIntoFewerLists() throws Exception {
    Slice hot = key(0, card("hot"));
    long[] many = LongStream.range(0, 6_000).map(row -> 3 * row).toArray();
    ReduceDriver<Slice, Slice, Slice, Slice> driver =
        configured(ReduceDriver.newReduceDriver(new MatchCombiner()), job.getConfiguration());
    List<Slice> lists = new ArrayList<>(List.of(numbers(90_000, 5, 80_000), numbers(7)));
    for (long row : many) {
      lists.add(numbers(row));
    }
    List<Pair<Slice, Slice>> output = driver.withInput(hot, lists).run();

    List<Long> rows = new ArrayList<>(List.of(90_000L, 5L, 80_000L, 7L));
    LongStream.of(many).forEach(rows::add);
    assertEquals(2, output.size());
    List<Long> found = new ArrayList<>();
    for (Pair<Slice, Slice> list : output) {
      assertEquals(hot, list.getFirst());
      assertTrue(list.getSecond().length() < 4_200);
      found.addAll(rows(list.getSecond()));
    }
    assertEquals(rows, found);
  }

  private static List<Long> rows(Slice list) {
    ByteCursor cursor = new ByteCursor().reset(list.array(), list.offset(), list.length());
    List<Long> rows = new ArrayList<>();
    long row = 0;
    while (cursor.hasRemaining()) {
      row += cursor.readVarint();
      rows.add(row);
    }
    return rows;
  }

  @Test
  void shouldNoteTheFeaturesThatAnyGroupHas() throws Exception {
    String both = card(true, true);
    String first = card(true, false);
    String second = card(false, true);
    String none = card(false, false);
    List<Slice> keys = new ArrayList<>();
    for (String card : List.of(both, first, second, none)) {
      keys.add(key(0, card(card)));
    }
    keys.sort(null);
    ReduceDriver<Slice, Slice, Text, Slice> driver =
        configured(ReduceDriver.newReduceDriver(new MatchReducer()), job.getConfiguration());
    for (Slice key : keys) {
      driver.withInput(key, List.of(numbers(3, 4), numbers(1)));
    }
    List<Slice> expected = new ArrayList<>();
    for (Slice key : keys) {
      for (String card : List.of(both, first, second)) {
        if (key.equals(key(0, card(card)))) {
          expected.add(match(card, 3, 4, 1));
        }
      }
    }

    List<Pair<Text, Slice>> output = driver.run();
    assertEquals(expected, output.stream().map(Pair::getSecond).toList());
    assertTrue(output.stream().allMatch(pair -> pair.getFirst().toString().equals("matches")));
  }

  /** A card that the two groups of cards have or lack. */
  private String card(boolean inCards, boolean inOnline) {
    for (int card = 1; card < 400; card++) {
      String name = "card-" + card;
      if (sales.cards.containsKey(name) == inCards && sales.online.containsKey(name) == inOnline) {
        return name;
      }
    }
    throw new AssertionError("there is no such card");
  }

  private Slice match(String card, long... rows) {
    ByteBuilder features = new ByteBuilder();
    GenericRecord ofCard = sales.cards.get(card);
    if (ofCard == null) {
      features.putByte(0).putVarint(0);
    } else {
      if (ofCard.get("card_last") == null) {
        features.putByte(0);
      } else {
        features.putByte(2).putBytes(card(ofCard.get("card_last")));
      }
      features.putVarint((long) ofCard.get("card_n"));
    }
    GenericRecord ofOnline = sales.online.get(card);
    features.putVarint(ofOnline == null ? 0 : (long) ofOnline.get("online_n"));
    Slice list = numbers(rows);
    return new Slice(
        new ByteBuilder()
            .putVarint(0)
            .putSlice(features.array(), 0, features.length())
            .putSlice(list.array(), 0, list.length())
            .toByteArray());
  }

  @Test
  void shouldSendFeaturesToEachOfTheirRows() throws Exception {
    Slice match = match(card(true, true), 500, 2, 70_000);
    ByteCursor cursor = new ByteCursor().reset(match.array(), 0, match.length());
    cursor.readVarint();
    int length = cursor.readLength();
    Slice features = new Slice();
    features.set(match.array(), cursor.position(), length);
    MapDriver<NullWritable, RecordBlock, Slice, Slice> driver =
        configured(MapDriver.newMapDriver(new AssembleMapper()), job.getConfiguration());
    driver.withInput(
        NullWritable.get(), new RecordBlock().set(1, 0, match.array(), 0, match.length()));

    assertEquals(
        List.of(
            new Pair<>(row(500), features),
            new Pair<>(row(2), features),
            new Pair<>(row(70_000), features)),
        driver.run());
  }

  private static Slice row(long number) {
    return new Slice(new ByteBuilder().putBigEndian(number).putByte(0).toByteArray());
  }
}
