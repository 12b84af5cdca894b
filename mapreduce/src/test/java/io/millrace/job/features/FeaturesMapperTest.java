package io.millrace.job.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.expression.ExpressionException;
import io.millrace.job.FeatureGroups;
import io.millrace.job.LocalRunner;
import io.millrace.job.Transaction;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.plan.DataFile;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesMapperTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 31);

  @TempDir java.nio.file.Path folder;

  private static FeatureGroup group() throws ExpressionException {
    return new FeatureGroups(Transaction.TYPE, Transaction.ZONE, "ts")
        .name("terminal")
        .entity("terminal")
        .windows(1, 7)
        .aggregate("count", "COUNT(*)")
        .aggregate("log", "LN(MAX(terminal))")
        .aggregate("most", "MAX(terminal)")
        .build();
  }

  /** A day's state of COUNT(*) and MAX(terminal). */
  private static GenericRecord partial(
      Schema schema, int terminal, LocalDate day, long count, int greatest) {
    GenericRecord partial = new GenericData.Record(schema);
    List<Object> values = List.of(terminal, (int) day.toEpochDay(), count, greatest);
    for (int field = 0; field < values.size(); field++) {
      partial.put(field, values.get(field));
    }
    return partial;
  }

  @Test
  void shouldWriteOneRowAnEntity() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    Schema schema = group().partialSchema();
    List<GenericRecord> partials =
        List.of(
            partial(schema, 4, DATE, 2, 1),
            partial(schema, 4, DATE.minusDays(6), 3, 9),
            partial(schema, 4, DATE.minusDays(7), 100, 100),
            partial(schema, 6, DATE.minusDays(1), 1, 0),
            partial(schema, 8, DATE.minusDays(7), 1, 1));
    // a date each, as entities come sorted by their hash
    List<PartialPartition> inputs = new ArrayList<>();
    for (GenericRecord partial : partials) {
      LocalDate date = DATE.minusDays(inputs.size());
      runner.write(date + "/part-r-00000.avro", schema, 1000, List.of(partial));
      inputs.add(
          new PartialPartition(
              date,
              runner.path(date.toString()).toString(),
              List.of(new DataFile("part-r-00000.avro", 1000, 1, 0))));
    }
    Job job =
        FeaturesJob.create(
            runner.configuration(),
            group(),
            DATE,
            inputs,
            1,
            false,
            LocalRunner.FINGERPRINT,
            runner.path("out"));
    runner.run(job);

    // LN(9) = 2.1972245773362196; LN(0) has no value
    assertEquals(
        List.of(
            "{\"terminal\": 4, \"terminal_count_1d\": 2, \"terminal_log_1d\": 0.0,"
                + " \"terminal_most_1d\": 1, \"terminal_count_7d\": 5,"
                + " \"terminal_log_7d\": 2.1972245773362196, \"terminal_most_7d\": 9}",
            "{\"terminal\": 6, \"terminal_count_1d\": 0, \"terminal_log_1d\": null,"
                + " \"terminal_most_1d\": null, \"terminal_count_7d\": 1,"
                + " \"terminal_log_7d\": null, \"terminal_most_7d\": 0}"),
        LocalRunner.read(runner.path("out/features/terminal/part-m-00000.avro")).stream()
            .map(GenericRecord::toString)
            .sorted()
            .toList());
    assertEquals(5, counter(job, FeaturesCounter.PARTIALS_READ));
    assertEquals(2, counter(job, FeaturesCounter.PARTIALS_OUTSIDE));
    assertEquals(2, counter(job, FeaturesCounter.ROWS_WRITTEN));
    assertEquals(1, counter(job, FeaturesCounter.ERRORS));
  }

  private static long counter(Job job, FeaturesCounter counter) throws IOException {
    return job.getCounters().findCounter(FeaturesCounter.GROUP, counter.counterName()).getValue();
  }
}
