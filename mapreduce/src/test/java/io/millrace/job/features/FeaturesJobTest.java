package io.millrace.job.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.expression.ExpressionException;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.Transaction;
import io.millrace.job.partials.PartialsJob;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.plan.DataFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesJobTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 24);
  private static final LocalDate LAST = LocalDate.of(2026, 3, 31);
  private static final List<Integer> WINDOWS = List.of(1, 3, 7);
  private static final int DELAY = 2;

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;
  private final Map<LocalDate, List<Transaction>> landed = new TreeMap<>();

  @BeforeEach
  void landRecords() throws IOException {
    runner = new LocalRunner(folder);
    Random random = new Random(11);
    for (LocalDate date = FIRST; !date.isAfter(LAST); date = date.plusDays(1)) {
      List<Transaction> records = Transaction.random(date, 400, 120, random);
      landed.put(date, records);
      runner.write(
          "clean/" + date + ".avro",
          Transaction.TYPE.toAvro(),
          64_000,
          records.stream().map(Transaction::toAvro).toList());
    }
  }

  private static FeatureGroup group() throws ExpressionException {
    return new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
        .entity("card")
        .windows(WINDOWS.toArray(Integer[]::new))
        .delay(DELAY)
        .aggregate("count", "COUNT(*)")
        .aggregate("amount_sum", "SUM(amount)")
        .aggregate("amount_mean", "AVG(amount)")
        .aggregate("fee_sum", "SUM(fee)")
        .aggregate("fee_mean", "AVG(fee)")
        .aggregate("last_channel", "MAX(channel)")
        .aggregate("web_share", "SUM(CASE WHEN channel = 'web' THEN 1 ELSE 0 END) / COUNT(*)")
        .build();
  }

  private PartialPartition partials(LocalDate date, int buckets, String output) throws Exception {
    Job job =
        PartialsJob.create(
            runner.configuration(),
            group(),
            List.of(runner.path("clean/" + date + ".avro")),
            Transaction.TYPE,
            buckets,
            LocalRunner.FINGERPRINT,
            runner.path(output));
    List<DataFile> files = runner.run(job).files().get("partials/card");
    return new PartialPartition(
        date, new Path(runner.path(output), "partials/card").toString(), files);
  }

  private Job features(List<PartialPartition> inputs, int buckets, String output) throws Exception {
    Configuration configuration = runner.configuration();
    return FeaturesJob.create(
        configuration,
        group(),
        LAST,
        inputs,
        buckets,
        true,
        LocalRunner.FINGERPRINT,
        runner.path(output));
  }

  private Path feature(String output, int bucket) {
    return new Path(runner.path(output), "features/card/part-m-%05d.avro".formatted(bucket));
  }

  @Test
  void shouldAgreeWithANaiveComputation() throws Exception {
    List<PartialPartition> inputs = new ArrayList<>();
    int[] bucketsOfDay = {1, 2, 4, 8};
    for (LocalDate date : landed.keySet()) {
      inputs.add(partials(date, bucketsOfDay[date.getDayOfMonth() % 4], "partials/" + date));
    }
    Job job = features(inputs, 4, "out");
    runner.run(job);

    Map<String, GenericRecord> found = new HashMap<>();
    for (int bucket = 0; bucket < 4; bucket++) {
      for (GenericRecord record : LocalRunner.read(feature("out", bucket))) {
        found.put(record.get("card").toString(), record);
      }
    }
    Map<String, Map<Integer, List<Transaction>>> expected = naiveWindows();
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (card, windows) ->
            windows.forEach((window, records) -> assertWindow(window, records, found.get(card))));
    assertEquals(
        (long) expected.size(),
        job.getCounters().findCounter("millrace", "features_rows_written_total").getValue());
    assertEquals(0, job.getCounters().findCounter("millrace", "features_errors_total").getValue());
  }

  /** The records of each card in each window; cards that have none at all are left out. */
  private Map<String, Map<Integer, List<Transaction>>> naiveWindows() {
    Map<String, Map<Integer, List<Transaction>>> cards = new HashMap<>();
    for (List<Transaction> records : landed.values()) {
      for (Transaction record : records) {
        for (int window : WINDOWS) {
          LocalDate end = LAST.minusDays(DELAY);
          LocalDate day = record.eventDay();
          if (record.card() != null && !day.isAfter(end) && day.isAfter(end.minusDays(window))) {
            cards.computeIfAbsent(record.card(), card -> emptyWindows()).get(window).add(record);
          }
        }
      }
    }
    return cards;
  }

  private static Map<Integer, List<Transaction>> emptyWindows() {
    Map<Integer, List<Transaction>> windows = new TreeMap<>();
    WINDOWS.forEach(window -> windows.put(window, new ArrayList<>()));
    return windows;
  }

  private static void assertWindow(int window, List<Transaction> records, GenericRecord row) {
    String suffix = "_" + window + "d";
    assertEquals((long) records.size(), row.get("card_count" + suffix));
    List<Double> amounts =
        records.stream().map(Transaction::amount).filter(amount -> amount != null).toList();
    Double sum =
        amounts.isEmpty()
            ? null
            : amounts.stream().map(BigDecimal::new).reduce(BigDecimal::add).get().doubleValue();
    assertEquals(sum, row.get("card_amount_sum" + suffix));
    assertEquals(sum == null ? null : sum / amounts.size(), row.get("card_amount_mean" + suffix));
    BigDecimal fees = records.stream().map(Transaction::fee).reduce(BigDecimal::add).orElse(null);
    ByteBuffer feeSum = (ByteBuffer) row.get("card_fee_sum" + suffix);
    assertEquals(fees, feeSum == null ? null : new BigDecimal(new BigInteger(bytes(feeSum)), 2));
    assertEquals(
        fees == null ? null : fees.doubleValue() / records.size(),
        row.get("card_fee_mean" + suffix));
    Object channel = row.get("card_last_channel" + suffix);
    assertEquals(
        records.stream().map(Transaction::channel).max(String::compareTo).orElse(null),
        channel == null ? null : channel.toString());
    double web = records.stream().filter(record -> record.channel().equals("web")).count();
    assertEquals(
        records.isEmpty() ? null : web / records.size(), row.get("card_web_share" + suffix));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Notes how often files are opened. */
  public static final class NotingFileSystem extends LocalFileSystem {
    private static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      OPENED.merge(path.toUri().getPath(), 1, Integer::sum);
      return super.open(path, bufferSize);
    }
  }

  @Test
  void shouldReadEachPartialOnceAndNothingElse() throws Exception {
    List<PartialPartition> inputs = new ArrayList<>();
    for (LocalDate date : landed.keySet()) {
      inputs.add(partials(date, 4, "partials/" + date));
    }
    Job job = features(inputs, 2, "out");
    job.getConfiguration().setClass("fs.file.impl", NotingFileSystem.class, FileSystem.class);
    job.getConfiguration().setBoolean("fs.file.impl.disable.cache", true);
    NotingFileSystem.OPENED.clear();
    runner.run(job);

    Map<String, Integer> opened = new TreeMap<>(NotingFileSystem.OPENED);
    opened.keySet().removeIf(file -> !file.endsWith(".avro"));
    Map<String, Integer> expected = new TreeMap<>();
    long records = 0;
    for (PartialPartition input : inputs) {
      for (DataFile file : input.files()) {
        expected.put(new Path(input.folder(), file.name()).toUri().getPath(), 1);
        records += file.records();
      }
    }
    assertEquals(32, expected.size());
    assertEquals(expected, opened);
    assertEquals(
        records,
        job.getCounters().findCounter("millrace", "features_partials_read_total").getValue());
  }

  @Test
  void shouldMakeTheSameBytesOfAnyNumberOfPartialBuckets() throws Exception {
    List<LocalDate> dates = landed.keySet().stream().skip(6).toList();
    Map<Integer, byte[]> bytesOfBuckets = new TreeMap<>();
    for (int partialBuckets : new int[] {1, 4, 16}) {
      List<PartialPartition> inputs = new ArrayList<>();
      for (LocalDate date : dates) {
        inputs.add(
            partials(date, partialBuckets, "partials-%d/%s".formatted(partialBuckets, date)));
      }
      String output = "features-" + partialBuckets;
      runner.run(features(inputs, 4, output));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int bucket = 0; bucket < 4; bucket++) {
        bytes.write(Files.readAllBytes(java.nio.file.Path.of(feature(output, bucket).toUri())));
      }
      bytesOfBuckets.put(partialBuckets, bytes.toByteArray());
    }
    byte[] first = bytesOfBuckets.get(1);
    bytesOfBuckets.values().forEach(bytes -> assertArrayEquals(first, bytes));
  }

  @Test
  void shouldWriteFilesWithoutRowsWhereThereIsNoInput() throws Exception {
    runner.run(features(List.of(), 2, "out"));
    assertEquals(List.of(), LocalRunner.read(feature("out", 0)));
    assertEquals(List.of(), LocalRunner.read(feature("out", 1)));
  }

  @Test
  void shouldRefusePartialsThatWereNotKnown() {
    PartialPartition tomorrow =
        new PartialPartition(
            LAST.plusDays(1), "partials", List.of(new DataFile("part-r-00000.avro", 1, 1, 1)));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> features(List.of(tomorrow), 1, "out"));
    assertEquals(
        "Cannot make features of 2026-03-31 from partials of 2026-04-01: they were not known then",
        error.getMessage());
  }
}
