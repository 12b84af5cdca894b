package io.millrace.job.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.Drivers;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.Transaction;
import io.millrace.job.io.Slice;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.row.ByteBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesMapperTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  @TempDir java.nio.file.Path folder;

  private static Slice slice(ByteBuilder bytes) {
    return new Slice(bytes.toByteArray());
  }

  private static Slice terminal(int number) {
    return slice(new ByteBuilder().putVarint(number));
  }

  /** A day's state of COUNT(*) and MAX(terminal). */
  private static Slice state(LocalDate day, long count, int greatest) {
    return slice(
        new ByteBuilder()
            .putVarint(day.toEpochDay())
            .putVarint(count)
            .putByte(2)
            .putVarint(greatest));
  }

  @Test
  void shouldWriteOneRowAnEntity() throws Exception {
    FeatureGroup group =
        new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
            .name("terminal")
            .entity("terminal")
            .windows(1, 7)
            .aggregate("count", "COUNT(*)")
            .aggregate("log", "LN(MAX(terminal))")
            .aggregate("most", "MAX(terminal)")
            .build();
    Configuration configuration = new LocalRunner(folder).configuration();
    Job job =
        FeaturesJob.create(
            configuration,
            group,
            DATE,
            List.of(),
            1,
            false,
            LocalRunner.FINGERPRINT,
            new LocalRunner(folder).path("out"));
    MapDriver<Slice, Slice, Text, Slice> driver =
        Drivers.configured(MapDriver.newMapDriver(new FeaturesMapper()), job.getConfiguration());
    List<Pair<Text, Slice>> output =
        driver
            .withInput(terminal(4), state(DATE, 2, 1))
            .withInput(terminal(4), state(DATE.minusDays(6), 3, 9))
            .withInput(terminal(4), state(DATE.minusDays(7), 100, 100))
            .withInput(terminal(6), state(DATE.minusDays(1), 1, 0))
            .withInput(terminal(8), state(DATE.minusDays(7), 1, 1))
            .run();

    List<String> rows = new ArrayList<>();
    for (Pair<Text, Slice> pair : output) {
      assertEquals("features", pair.getFirst().toString());
      GenericRecord row =
          new GenericDatumReader<GenericRecord>(group.featureType().toAvro())
              .read(null, DecoderFactory.get().binaryDecoder(pair.getSecond().toByteArray(), null));
      rows.add(row.toString());
    }
    // LN(9) = 2.1972245773362196; LN(0) has no value
    assertEquals(
        List.of(
            "{\"terminal\": 4, \"terminal_count_1d\": 2, \"terminal_log_1d\": 0.0,"
                + " \"terminal_most_1d\": 1, \"terminal_count_7d\": 5,"
                + " \"terminal_log_7d\": 2.1972245773362196, \"terminal_most_7d\": 9}",
            "{\"terminal\": 6, \"terminal_count_1d\": 0, \"terminal_log_1d\": null,"
                + " \"terminal_most_1d\": null, \"terminal_count_7d\": 1,"
                + " \"terminal_log_7d\": null, \"terminal_most_7d\": 0}"),
        rows);
    assertEquals(5, counter(driver, FeaturesCounter.PARTIALS_READ));
    assertEquals(2, counter(driver, FeaturesCounter.PARTIALS_OUTSIDE));
    assertEquals(2, counter(driver, FeaturesCounter.ROWS_WRITTEN));
    assertEquals(1, counter(driver, FeaturesCounter.ERRORS));
  }

  private static long counter(MapDriver<?, ?, ?, ?> driver, FeaturesCounter counter) {
    return driver
        .getCounters()
        .findCounter(FeaturesCounter.GROUP, counter.counterName())
        .getValue();
  }
}
