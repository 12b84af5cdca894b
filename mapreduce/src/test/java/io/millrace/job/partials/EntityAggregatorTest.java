package io.millrace.job.partials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.aggregate.EntityAggregator;
import io.millrace.aggregate.PartialAggregator;
import io.millrace.aggregate.PartialCounts;
import io.millrace.aggregate.PartialMerge;
import io.millrace.aggregate.PartialSettings;
import io.millrace.job.FeatureGroups;
import io.millrace.job.Transaction;
import io.millrace.row.ByteBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Entity by entity comes what a table of states and a merge of them give. */
class EntityAggregatorTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);
  private static final int HASH_BYTES = Long.BYTES;
  private static final int DAY_BYTES = Integer.BYTES;

  private static PartialSettings settings() throws Exception {
    return PartialsJob.settings(
        new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
            .entity("card")
            .windows(1, 7)
            .where("terminal < 8 AND LN(terminal + 0.0) >= 0")
            .aggregate("txn_count", "COUNT(*)")
            .aggregate("fees", "SUM(fee)")
            .aggregate("amount_mean", "AVG(amount)")
            .aggregate("amount_deviation", "STDDEV(amount)")
            .aggregate("amount_p95", "PERCENTILE(amount, 0.95)")
            .aggregate("fee_max", "MAX(fee)")
            .aggregate("channels", "APPROX_COUNT_DISTINCT(channel)")
            .aggregate("first_channel", "FIRST(channel)")
            .aggregate("recent", "DECAYED_SUM(amount, INTERVAL '2' DAY)")
            .aggregate("often", "MODE(channel)")
            .aggregate("logs", "SUM(LN(amount))")
            .build(),
        Transaction.TYPE);
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

  /** The states of each key, in the keys' order. */
  private static Map<byte[], byte[]> states(PartialSettings settings, List<byte[]> records)
      throws Exception {
    Map<byte[], byte[]> states = new TreeMap<>(Arrays::compareUnsigned);
    PartialAggregator table =
        new PartialAggregator(
            settings,
            1L << 30,
            (array, offset, length, encoded) ->
                states.put(
                    Arrays.copyOfRange(array, offset, offset + length), encoded.toByteArray()));
    for (byte[] record : records) {
      table.add(record, 0, record.length, 1);
    }
    table.flush();
    return states;
  }

  private static List<byte[]> merged(PartialSettings settings, List<byte[]> records)
      throws Exception {
    PartialMerge merge = new PartialMerge(settings.states());
    List<byte[]> stored = new ArrayList<>();
    states(settings, records)
        .forEach(
            (key, encoded) -> {
              merge.start();
              merge.add(encoded, 0, encoded.length);
              ByteBuilder record = new ByteBuilder();
              merge.putRecord(key, 0, key.length, record);
              stored.add(record.toByteArray());
            });
    return stored;
  }

  /** The records of each entity, in the order of keys. */
  private static Map<byte[], List<byte[]>> byEntity(PartialSettings settings, List<byte[]> records)
      throws Exception {
    Map<byte[], List<byte[]>> entities = new TreeMap<>(Arrays::compareUnsigned);
    List<byte[]> keys = new ArrayList<>();
    PartialAggregator table =
        new PartialAggregator(
            settings,
            1L << 30,
            (array, offset, length, states) ->
                keys.add(Arrays.copyOfRange(array, offset, offset + length - DAY_BYTES)));
    for (byte[] record : records) {
      table.add(record, 0, record.length, 1);
      table.flush();
      keys.forEach(key -> entities.computeIfAbsent(key, entity -> new ArrayList<>()).add(record));
      keys.clear();
    }
    return entities;
  }

  @Test
  void shouldWriteWhatATableAndAMergeMake() throws Exception {
    PartialSettings settings = settings();
    List<byte[]> records =
        Transaction.random(DATE, 3_000, 100, new Random(11)).stream()
            .map(EntityAggregatorTest::encode)
            .toList();
    List<byte[]> found = new ArrayList<>();
    EntityAggregator aggregator =
        new EntityAggregator(settings, partial -> found.add(partial.toByteArray()));
    for (Map.Entry<byte[], List<byte[]>> entity : byEntity(settings, records).entrySet()) {
      byte[] key = entity.getKey();
      aggregator.begin(key, HASH_BYTES, key.length - HASH_BYTES);
      entity.getValue().forEach(record -> aggregator.add(record, 0, record.length));
    }
    aggregator.flush();

    assertSame(merged(settings, records), found);
    assertTrue(found.size() > 100, "several days an entity");
  }

  @Test
  void shouldCountWhatItLeavesOutAsATableDoes() throws Exception {
    PartialSettings settings = settings();
    List<byte[]> records =
        Transaction.random(DATE, 1_000, 1, new Random(5)).stream()
            .map(EntityAggregatorTest::encode)
            .toList();
    PartialAggregator table =
        new PartialAggregator(settings, 1L << 30, (array, offset, length, states) -> {});
    EntityAggregator aggregator = new EntityAggregator(settings, partial -> {});
    aggregator.begin(new byte[] {2, 'a'}, 0, 2);
    for (byte[] record : records) {
      table.add(record, 0, record.length, 1);
      aggregator.add(record, 0, record.length);
    }
    table.flush();
    aggregator.flush();

    PartialCounts counts = aggregator.counts();
    assertEquals(table.counts(), counts);
    assertTrue(counts.withoutEntity() > 0, "rows without an entity");
    assertTrue(counts.filtered() > 0, "rows that are filtered");
    assertTrue(counts.filterErrors() > 0, "terminal 0 has no logarithm");
    assertTrue(counts.argumentErrors() > 0, "amounts below 0 have no logarithm");
    assertEquals(aggregator.firstError(), table.firstError());
  }

  @Test
  void shouldForgetAnEntityOfManyDays() throws Exception {
    PartialSettings settings = settings();
    List<byte[]> records = new ArrayList<>();
    for (int day = 0; day < 200; day++) {
      long time =
          DATE.minusDays(day * 37 % 200)
              .atTime(12, 0)
              .atZone(Transaction.ZONE)
              .toInstant()
              .toEpochMilli();
      records.add(
          encode(new Transaction(DATE, "a", 1, time, 5.0, BigDecimal.ONE.setScale(2), "web")));
    }
    byte[] other = encode(new Transaction(DATE, "b", 1, 0, 7.0, BigDecimal.TEN.setScale(2), "pos"));
    List<byte[]> found = new ArrayList<>();
    EntityAggregator aggregator =
        new EntityAggregator(settings, partial -> found.add(partial.toByteArray()));
    aggregator.begin(new byte[] {2, 'a'}, 0, 2);
    records.forEach(record -> aggregator.add(record, 0, record.length));
    aggregator.begin(new byte[] {2, 'b'}, 0, 2);
    aggregator.add(other, 0, other.length);
    aggregator.flush();

    List<byte[]> expected = new ArrayList<>(merged(settings, records));
    expected.addAll(merged(settings, List.of(other)));
    assertSame(expected, found);
    assertEquals(201, found.size());
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "partial " + i);
    }
  }
}
