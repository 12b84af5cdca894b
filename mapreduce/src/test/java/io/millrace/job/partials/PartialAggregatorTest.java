package io.millrace.job.partials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.aggregate.PartialAggregator;
import io.millrace.aggregate.PartialMerge;
import io.millrace.aggregate.PartialSettings;
import io.millrace.aggregate.PartialSink;
import io.millrace.job.FeatureGroups;
import io.millrace.job.Transaction;
import io.millrace.row.ByteBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class PartialAggregatorTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);
  private static final int RECORDS = 20_000;

  /** Room for some thousand states: much less than there are records. */
  private static final long SMALL_TABLE = 1 << 20;

  private final PartialSettings settings = settings();
  private long states;

  private static PartialSettings settings() {
    try {
      return PartialsJob.settings(
          new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
              .entity("card")
              .windows(1)
              .aggregate("txn_count", "COUNT(*)")
              .aggregate("amounts", "SUM(amount)")
              .aggregate("channels", "APPROX_COUNT_DISTINCT(channel)")
              .aggregate("recent", "DECAYED_SUM(amount, INTERVAL '2' DAY)")
              .build(),
          Transaction.TYPE);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<byte[]> records(IntFunction<String> card) {
    long noon = DATE.atTime(12, 0).atZone(Transaction.ZONE).toInstant().toEpochMilli();
    return IntStream.range(0, RECORDS)
        .mapToObj(
            i ->
                encode(
                    new Transaction(
                        DATE,
                        card.apply(i),
                        1,
                        noon + i,
                        i * 1e12,
                        BigDecimal.ONE.setScale(2),
                        i % 3 == 0 ? "web" : "pos")))
        .toList();
  }

  private static byte[] encode(Transaction transaction) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(Transaction.TYPE.toAvro())
          .write(transaction.toAvro(), encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What is stored of each key when all states are merged that the sink gets. */
  private Map<byte[], byte[]> stored(List<byte[]> records, long tableBytes) throws Exception {
    Map<byte[], PartialMerge> merges = new TreeMap<>(Arrays::compareUnsigned);
    states = 0;
    PartialAggregator aggregator =
        new PartialAggregator(
            settings,
            tableBytes,
            (array, offset, length, encoded) -> {
              states++;
              merges
                  .computeIfAbsent(
                      Arrays.copyOfRange(array, offset, offset + length),
                      key -> {
                        PartialMerge merge = new PartialMerge(settings.states());
                        merge.start();
                        return merge;
                      })
                  .add(encoded.array(), 0, encoded.length());
            });
    for (byte[] record : records) {
      aggregator.add(record, 0, record.length, 1);
    }
    aggregator.flush();
    assertEquals(states, aggregator.counts().states());
    Map<byte[], byte[]> stored = new TreeMap<>(Arrays::compareUnsigned);
    merges.forEach(
        (key, merge) -> {
          ByteBuilder record = new ByteBuilder();
          merge.putRecord(key, 0, key.length, record);
          stored.put(key, record.toByteArray());
        });
    return stored;
  }

  private void assertStoredAlike(List<byte[]> records) throws Exception {
    Map<byte[], byte[]> expected = stored(records, 1L << 30);
    assertEquals(expected.size(), states, "one state a key from a table with room for all");
    Map<byte[], byte[]> found = stored(records, SMALL_TABLE);
    assertEquals(expected.size(), found.size());
    expected.forEach((key, record) -> assertArrayEquals(record, found.get(key)));
  }

  @Test
  void shouldPassRecordsOnWhereATableAggregatesNothing() throws Exception {
    // of the second half a table would make one state of two
    assertStoredAlike(records(i -> "card " + (i < RECORDS / 2 ? i : i / 2)));
    assertEquals(RECORDS, states);
  }

  @Test
  void shouldPassOnTheRecordThatFindsNoRoomToo() throws Exception {
    PartialSettings counts =
        PartialsJob.settings(
            new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
                .entity("card")
                .windows(1)
                .aggregate("txn_count", "COUNT(*)")
                .build(),
            Transaction.TYPE);
    ByteBuilder found = new ByteBuilder();
    PartialAggregator aggregator =
        new PartialAggregator(
            counts,
            SMALL_TABLE,
            (array, offset, length, encoded) ->
                found.putBytes(encoded.array(), 0, encoded.length()));
    byte[] block = concatenate(records(i -> "card " + i));
    aggregator.add(block, 0, block.length, RECORDS);
    assertTrue(aggregator.passesOn());
    aggregator.flush();
    byte[] ones = new byte[RECORDS];
    Arrays.fill(ones, (byte) 2); // 1 as Avro has it
    assertArrayEquals(ones, found.toByteArray());
  }

  @Test
  void shouldKeepATableForAnEntityThatHasAFifthOfTheRecords() throws Exception {
    assertStoredAlike(records(i -> i % 5 == 0 ? "busy" : "card " + i));
    assertTrue(states < RECORDS * 0.81, "states: " + states);
    assertTrue(states > RECORDS * 0.8, "the table was full some times: " + states);
  }

  @Test
  void shouldKeepATableThatAggregates() throws Exception {
    assertStoredAlike(records(i -> "card " + i / 10));
    assertTrue(states < RECORDS / 9, "states: " + states);
  }

  @Test
  void shouldMakeOfABlockWhatItMakesOfItsRecordsOneByOne() throws Exception {
    // text that is computed of one record must outlive the next ones, and a full table a batch
    PartialSettings settings =
        PartialsJob.settings(
            new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
                .entity("card")
                .windows(1)
                .where("amount < 9e15 OR channel = 'web'")
                .aggregate("first", "FIRST(UPPER(channel) || ' of ' || card)")
                .aggregate("least", "MIN(card || LOWER(channel))")
                .aggregate("amounts", "SUM(amount)")
                .build(),
            Transaction.TYPE);
    assertBlocksAreAsRecords(
        settings, 1L << 30, records(i -> i % 7 == 0 ? null : "card " + i % 6_000));
    assertBlocksAreAsRecords(settings, SMALL_TABLE, records(i -> "card " + i % 6_000));
    // passed on from the middle of a block
    assertBlocksAreAsRecords(settings, SMALL_TABLE, records(i -> "card " + i));
  }

  private static void assertBlocksAreAsRecords(
      PartialSettings settings, long tableBytes, List<byte[]> records) throws Exception {
    List<String> oneByOne = new ArrayList<>();
    PartialAggregator single = new PartialAggregator(settings, tableBytes, collect(oneByOne));
    for (byte[] record : records) {
      single.add(record, 0, record.length, 1);
    }
    single.flush();
    List<String> ofBlocks = new ArrayList<>();
    PartialAggregator blocks = new PartialAggregator(settings, tableBytes, collect(ofBlocks));
    for (int from = 0; from < RECORDS; from += 999) {
      List<byte[]> block = records.subList(from, Math.min(RECORDS, from + 999));
      byte[] bytes = concatenate(block);
      blocks.add(bytes, 0, bytes.length, block.size());
    }
    blocks.flush();
    assertTrue(ofBlocks.size() > 1_000, "states: " + ofBlocks.size());
    assertEquals(oneByOne, ofBlocks);
    assertEquals(single.counts(), blocks.counts());
  }

  private static PartialSink collect(List<String> states) {
    return (array, offset, length, encoded) ->
        states.add(
            HexFormat.of().formatHex(array, offset, offset + length)
                + " "
                + HexFormat.of().formatHex(encoded.array(), 0, encoded.length()));
  }

  private static byte[] concatenate(List<byte[]> records) {
    ByteBuilder block = new ByteBuilder();
    records.forEach(block::putBytes);
    return block.toByteArray();
  }

  @Test
  void shouldTellWhichRecordOfABlockCannotBeAdded() throws Exception {
    List<byte[]> records = new ArrayList<>(records(i -> "card " + i).subList(0, 100));
    records.set(
        77,
        encode(
            new Transaction(
                DATE, "card", 1, 0, Double.POSITIVE_INFINITY, BigDecimal.ONE.setScale(2), "web")));
    byte[] block = concatenate(records);
    PartialAggregator aggregator =
        new PartialAggregator(settings, 1L << 30, (array, offset, length, encoded) -> {});
    assertThrows(
        IllegalArgumentException.class,
        () -> aggregator.add(block, 0, block.length, records.size()));
    assertEquals(78, aggregator.taken());
  }

  @Test
  void shouldMakeNoGarbageOfRecordsOfKnownEntities() throws Exception {
    PartialSettings usual =
        PartialsJob.settings(
            new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
                .entity("card")
                .windows(1)
                .aggregate("txn_count", "COUNT(*)")
                .aggregate("mean", "AVG(amount)")
                .aggregate("most", "MAX(amount)")
                .aggregate("channels", "APPROX_COUNT_DISTINCT(channel)")
                .aggregate("web", "SUM(CASE WHEN channel = 'web' THEN 1 ELSE 0 END)")
                .build(),
            Transaction.TYPE);
    PartialAggregator aggregator =
        new PartialAggregator(usual, 1L << 30, (array, offset, length, encoded) -> {});
    List<byte[]> records = records(i -> "card " + i % 10);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int round = 0; round < 6; round++) {
      if (round == 1) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      for (byte[] record : records) {
        aggregator.add(record, 0, record.length, 1);
      }
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 100_000, allocated + " bytes for 100,000 records");
  }
}
