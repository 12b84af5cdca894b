package io.millrace.job.train.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.learn.prepare.Examples;
import io.millrace.learn.prepare.PreparePlan;
import io.millrace.learn.prepare.PreparePlan.ModelKind;
import io.millrace.learn.prepare.StatisticsPlan;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsJobTest {
  private static final List<Column> INPUTS =
      List.of(
          Examples.nullable("amount", Kind.DOUBLE),
          Examples.nullable("visits", Kind.INT),
          Examples.nullable("channel", Kind.STRING));

  @TempDir Path folder;

  @Test
  void shouldGiveTheStatisticsOfAllRowsWhateverTheSplits() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    Random random = new Random(3);
    Examples first = new Examples(INPUTS, false);
    Examples second = new Examples(INPUTS, false);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Object[] row = {
        i % 7 == 0 ? null : random.nextGaussian(),
        (long) random.nextInt(9),
        i % 5 == 0 ? null : "c" + random.nextInt(40),
        LocalDate.EPOCH.plusDays(i % 4),
        i % 3 == 0 ? "test" : "train",
        (double) random.nextInt(2)
      };
      rows.add(row);
      (i < 2000 ? first : second).add(row);
    }
    StatisticsPlan plan =
        StatisticsPlan.of(
            first.type(),
            PreparePlan.of(INPUTS, ModelKind.LINEAR, Map.of()),
            Examples.COLUMNS,
            true);
    List<org.apache.hadoop.fs.Path> files =
        List.of(
            runner.write("a.avro", first.type().toAvro(), 4000, first.records()),
            runner.write("b.avro", second.type().toAvro(), 4000, second.records()));
    byte[] expected = encoded(Examples.statistics(plan, rows));

    Job whole = run(runner, runner.configuration(), plan, files, "whole");
    assertEquals(
        3000,
        whole
            .getCounters()
            .findCounter(StatisticsCounter.GROUP, StatisticsCounter.ROWS_READ.counterName())
            .getValue());
    assertArrayEquals(expected, encoded(read(runner, plan, "whole")));

    Configuration cut = runner.configuration();
    cut.setLong("mapreduce.input.fileinputformat.split.maxsize", 8000);
    Job parts = run(runner, cut, plan, files, "parts");
    assertTrue(
        parts.getCounters().findCounter(TaskCounter.MAP_OUTPUT_RECORDS).getValue() > 3,
        "several maps");
    assertArrayEquals(expected, encoded(read(runner, plan, "parts")));
  }

  @Test
  void shouldRefuseATrainingSetWithoutFiles() {
    assertEquals(
        "Cannot gather statistics: the training set has no files",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    StatisticsJob.create(
                        new Configuration(),
                        new StatisticsPlan("", List.of(), Examples.COLUMNS, true),
                        List.of(),
                        LocalRunner.FINGERPRINT,
                        new org.apache.hadoop.fs.Path("out")))
            .getMessage());
  }

  private static Job run(
      LocalRunner runner,
      Configuration configuration,
      StatisticsPlan plan,
      List<org.apache.hadoop.fs.Path> files,
      String output)
      throws Exception {
    Job job =
        StatisticsJob.create(
            configuration, plan, files, LocalRunner.FINGERPRINT, runner.path(output));
    runner.run(job);
    return job;
  }

  private static TableStatistics read(LocalRunner runner, StatisticsPlan plan, String output)
      throws Exception {
    return StatisticsJob.read(plan, runner.path(output), runner.configuration());
  }

  private static byte[] encoded(TableStatistics statistics) {
    ByteBuilder bytes = new ByteBuilder();
    statistics.write(bytes);
    return bytes.toByteArray();
  }
}
