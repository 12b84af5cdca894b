package io.millrace.job.partials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.expression.ExpressionException;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.Transaction;
import io.millrace.job.io.StateMemory;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.plan.DataFile;
import io.millrace.row.Buckets;
import io.millrace.row.XxHash64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialsJobTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private final List<Transaction> transactions =
      Transaction.random(DATE, 4_000, 300, new Random(7));
  private final List<Path> clean = new ArrayList<>();

  @BeforeEach
  void writeCleanFiles() throws IOException {
    runner = new LocalRunner(folder);
    for (int file = 0; file < 2; file++) {
      List<GenericRecord> records =
          transactions.subList(file * 2_000, (file + 1) * 2_000).stream()
              .map(Transaction::toAvro)
              .toList();
      clean.add(
          runner.write(
              "clean/part-r-0000" + file + ".avro", Transaction.TYPE.toAvro(), 4_096, records));
    }
  }

  private static FeatureGroup group() throws ExpressionException {
    return new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
        .entity("card")
        .windows(1, 7)
        .where("terminal < 8")
        .aggregate("txn_count", "COUNT(*)")
        .aggregate("fees", "SUM(fee)")
        .aggregate("amount_sum", "SUM(amount)")
        .aggregate("amount_mean", "AVG(amount)")
        .aggregate("fee_max", "MAX(fee)")
        .aggregate("first_channel", "MIN(channel)")
        .aggregate("web_share", "SUM(CASE WHEN channel = 'web' THEN 1 ELSE 0 END) / COUNT(*)")
        .build();
  }

  private Job job(Configuration configuration, int buckets, String output) throws Exception {
    return PartialsJob.create(
        configuration,
        group(),
        clean,
        Transaction.TYPE,
        buckets,
        LocalRunner.FINGERPRINT,
        runner.path(output));
  }

  private Path partial(String output, int bucket) {
    return new Path(runner.path(output), "partials/card/part-r-%05d.avro".formatted(bucket));
  }

  private record Key(String card, LocalDate day) {}

  @Test
  void shouldMakeOneStateForEachEntityAndEventDay() throws Exception {
    Configuration configuration = runner.configuration();
    configuration.setInt("mapreduce.input.fileinputformat.split.maxsize", 20_000);
    Job job = job(configuration, 4, "out");
    List<DataFile> files = runner.run(job).files().get("partials/card");

    Map<Key, List<Transaction>> expected = new LinkedHashMap<>();
    for (Transaction transaction : transactions) {
      if (transaction.card() != null && transaction.terminal() < 8) {
        expected
            .computeIfAbsent(
                new Key(transaction.card(), transaction.eventDay()), key -> new ArrayList<>())
            .add(transaction);
      }
    }
    Map<Key, GenericRecord> found = new LinkedHashMap<>();
    for (int bucket = 0; bucket < 4; bucket++) {
      for (GenericRecord record : LocalRunner.read(partial("out", bucket))) {
        assertEquals(bucket, Buckets.of(hash(record), 4));
        found.put(
            new Key(
                record.get("card").toString(), LocalDate.ofEpochDay((int) record.get("event_day"))),
            record);
      }
    }
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((key, records) -> assertState(records, found.get(key)));
    assertEquals(found.size(), files.stream().mapToLong(DataFile::records).sum());

    assertTrue(
        job.getCounters()
                .findCounter("org.apache.hadoop.mapreduce.TaskCounter", "MAP_INPUT_RECORDS")
                .getValue()
            > 10);
    assertCounters(job.getCounters(), expected.size());
  }

  /** The field whose argument is no column has a hash in its name. */
  private static String sumOfCase(GenericRecord state) {
    return state.getSchema().getFields().stream()
        .filter(field -> field.doc() != null && field.doc().startsWith("State of SUM(CASE"))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private static void assertState(List<Transaction> records, GenericRecord state) {
    assertEquals((long) records.size(), state.get("count"));
    long cents = records.stream().mapToLong(r -> r.fee().unscaledValue().longValue()).sum();
    assertEquals(cents, odd(state, "sum_fee"));
    assertEquals(
        records.stream().filter(r -> r.amount() != null).count(), state.get("count_amount"));
    assertEquals(
        records.stream().filter(r -> r.channel().equals("web")).count(),
        odd(state, sumOfCase(state)));
    assertEquals(
        records.stream().map(Transaction::channel).min(String::compareTo).orElseThrow(),
        state.get("min_channel").toString());
    long greatest =
        records.stream().mapToLong(r -> r.fee().unscaledValue().longValue()).max().orElseThrow();
    assertEquals(ByteBuffer.wrap(BigInteger.valueOf(greatest).toByteArray()), state.get("max_fee"));
  }

  /** A small sum in its stored form: {@code m * 2^e}. */
  private static long odd(GenericRecord state, String field) {
    ByteBuffer stored = ((ByteBuffer) state.get(field)).duplicate();
    if (!stored.hasRemaining()) {
      return 0;
    }
    int zigZag = stored.get();
    byte[] mantissa = new byte[stored.remaining()];
    stored.get(mantissa);
    return new BigInteger(mantissa).longValueExact() << (zigZag >> 1);
  }

  private void assertCounters(Counters counters, long states) {
    Map<String, Long> found = new TreeMap<>();
    counters
        .getGroup("millrace")
        .forEach(counter -> found.put(counter.getName(), counter.getValue()));
    long withoutEntity = transactions.stream().filter(t -> t.card() == null).count();
    found.remove("partials_states_shuffled_total"); // depends on the splits
    assertEquals(
        Map.of(
            "partials_records_read_total", 4_000L,
            "partials_records_without_entity_total", withoutEntity,
            "partials_records_without_time_total", 0L,
            "partials_records_filtered_total",
                transactions.stream().filter(t -> t.card() != null && t.terminal() >= 8).count(),
            "partials_filter_errors_total", 0L,
            "partials_argument_errors_total", 0L,
            "partials_states_written_total", states),
        found);
  }

  private static long hash(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoder.writeString((Utf8) record.get("card"));
    encoder.flush();
    return XxHash64.hash(bytes.toByteArray(), 0, bytes.size());
  }

  @Test
  void shouldWriteRecordsSortedByHashEntityAndDay() throws Exception {
    runner.run(job(runner.configuration(), 2, "out"));
    List<String> keys = new ArrayList<>();
    for (int bucket = 0; bucket < 2; bucket++) {
      for (GenericRecord record : LocalRunner.read(partial("out", bucket))) {
        keys.add(
            "%016x %s %06d"
                .formatted(hash(record), record.get("card"), (int) record.get("event_day")));
      }
    }
    assertEquals(keys.stream().sorted().distinct().toList(), keys);
  }

  @Test
  void shouldWriteTheSameBytesWhateverSplitsAndMemory() throws Exception {
    runner.run(job(runner.configuration(), 2, "whole"));

    Configuration many = runner.configuration();
    many.setInt("mapreduce.input.fileinputformat.split.maxsize", 9_000);
    many.setLong(StateMemory.TABLE_BYTES, 1);
    many.setInt("mapreduce.task.io.sort.factor", 3);
    runner.run(job(many, 2, "split"));

    for (int bucket = 0; bucket < 2; bucket++) {
      assertArrayEquals(bytes(partial("whole", bucket)), bytes(partial("split", bucket)));
    }
  }

  private static byte[] bytes(Path path) throws IOException {
    return Files.readAllBytes(java.nio.file.Path.of(path.toUri()));
  }

  @Test
  void shouldShipItsProgramsInTheConfiguration() throws Exception {
    String settings =
        job(runner.configuration(), 1, "out")
            .getConfiguration()
            .getRaw("millrace.settings.PartialSettings");
    assertTrue(settings.length() < 20_000, settings.length() + " characters");
  }

  @Test
  void shouldSayThatThereIsNothingToRead() {
    clean.clear();
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> job(runner.configuration(), 1, "out"));
    assertEquals(
        "Cannot make partials of card: there are no clean files to read", error.getMessage());
  }
}
