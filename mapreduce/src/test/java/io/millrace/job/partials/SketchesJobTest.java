package io.millrace.job.partials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.expression.ExpressionException;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.Transaction;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.StateMemory;
import io.millrace.pipeline.FeatureGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States that are objects, with more values than a stored count of values has. */
class SketchesJobTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private Path clean;
  private Job last;
  private final List<Transaction> transactions =
      Transaction.random(DATE, 8_000, 300, new Random(7));

  @BeforeEach
  void writeCleanFile() throws IOException {
    runner = new LocalRunner(folder);
    clean =
        runner.write(
            "clean/part-r-00000.avro",
            Transaction.TYPE.toAvro(),
            4_096,
            transactions.stream().map(Transaction::toAvro).toList());
  }

  private static FeatureGroup group() throws ExpressionException {
    return new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
        .name("channel")
        .entity("channel")
        .windows(1)
        .aggregate("p90", "PERCENTILE(amount, 0.9)")
        .aggregate("p50", "PERCENTILE(amount, 0.5)")
        .aggregate("times", "APPROX_COUNT_DISTINCT(ts)")
        .aggregate("cards", "COUNT(DISTINCT card)")
        .aggregate("time", "MODE(ts)")
        .aggregate("times_often", "APPROX_TOP_K(ts, 5)")
        .aggregate("terminals", "APPROX_TOP_K(terminal, 3)")
        .build();
  }

  @Test
  void shouldKeepToItsMemoryWhenTheStatesOfFewEntitiesGrow() throws Exception {
    partials(runner.configuration(), "whole");
    Job usual = last;
    Configuration small = runner.configuration();
    small.setLong(StateMemory.TABLE_BYTES, 300_000);
    partials(small, "small");
    assertTrue(shuffled(last) > 2 * shuffled(usual), shuffled(last) + " states");
    assertTrue(shuffled(last) < transactions.size() / 10, shuffled(last) + " states");
  }

  private static long shuffled(Job job) throws IOException {
    return job.getCounters()
        .findCounter(PartialsCounter.GROUP, PartialsCounter.STATES_SHUFFLED.counterName())
        .getValue();
  }

  private byte[] partials(Configuration configuration, String output) throws Exception {
    Job job =
        PartialsJob.create(
            configuration,
            group(),
            List.of(clean),
            Transaction.TYPE,
            1,
            LocalRunner.FINGERPRINT,
            runner.path(output));
    runner.run(job);
    last = job;
    return Files.readAllBytes(java.nio.file.Path.of(file(output).toUri()));
  }

  private Path file(String output) {
    return new Path(runner.path(output), "partials/channel/part-r-00000.avro");
  }

  @ParameterizedTest
  @CsvSource({"9000, 1", "9000, 100000", "30000, 1", "10000000, 1"})
  void shouldWriteTheSameBytesWhateverSplitsAndMemory(int splitBytes, long tableBytes)
      throws Exception {
    byte[] whole = partials(runner.configuration(), "whole");
    Configuration other = runner.configuration();
    other.setInt("mapreduce.input.fileinputformat.split.maxsize", splitBytes);
    other.setLong(StateMemory.TABLE_BYTES, tableBytes);
    other.setInt("mapreduce.task.io.sort.factor", 3);
    assertArrayEquals(whole, partials(other, "other"));
  }

  @Test
  void shouldStoreOneStateForCallsThatShareIt() throws Exception {
    partials(runner.configuration(), "out");
    List<GenericRecord> records = LocalRunner.read(file("out"));
    assertEquals(
        List.of(
            "channel",
            "event_day",
            "histogram_amount",
            "sketch_ts",
            "distinct_card",
            "counts_ts",
            "counts_terminal"),
        records.get(0).getSchema().getFields().stream().map(field -> field.name()).toList());
  }

  @Test
  void shouldStoreNoMoreThanTheMostFrequentOfManyValues() throws Exception {
    partials(runner.configuration(), "out");
    for (GenericRecord record : LocalRunner.read(file("out"))) {
      if ((int) record.get("event_day") != DATE.toEpochDay()) {
        continue;
      }
      long times =
          transactions.stream()
              .filter(t -> t.channel().equals(record.get("channel").toString()))
              .filter(t -> t.eventDay().equals(DATE))
              .map(Transaction::time)
              .distinct()
              .count();
      assertTrue(times > 1_024, "the test says little without");
      assertEquals(8 * times, ((ByteBuffer) record.get("sketch_ts")).remaining());
      assertEquals(1_024, values((ByteBuffer) record.get("counts_ts")).size());
    }
  }

  /** The values of counts of times: each as its distance from the one before, and its count. */
  private static List<Long> values(ByteBuffer counts) {
    List<Long> values = new ArrayList<>();
    ByteBuffer left = counts.duplicate();
    long value = 0;
    while (left.hasRemaining()) {
      value += varint(left);
      values.add(value);
      assertTrue(varint(left) > 0);
    }
    assertEquals(values.stream().sorted().toList(), values);
    return values;
  }

  private static long varint(ByteBuffer bytes) {
    long bits = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      bits |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (bits >>> 1) ^ -(bits & 1);
  }
}
