package io.millrace.job.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskReport;
import io.millrace.plan.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinJobTest {
  /** Files without rows in the middle and at the end: the first row of several is the same. */
  private static final int[] SIZES = {700, 0, 0, 1, 900, 0};

  @TempDir java.nio.file.Path folder;
  private LocalRunner runner;

  @BeforeEach
  void start() {
    runner = new LocalRunner(folder);
  }

  private Job join(JoinInput input, String name, Configuration configuration) throws Exception {
    Path matches = runner.path(name + "-matches");
    Joining join = joining(input);
    Job match = MatchJob.create(configuration, join, LocalRunner.FINGERPRINT, matches);
    runner.run(match);
    Job assemble =
        AssembleJob.create(
            configuration, join, Optional.of(matches), LocalRunner.FINGERPRINT, runner.path(name));
    assertTrue(assemble.waitForCompletion(false));
    return assemble;
  }

  private Joining joining(JoinInput input) {
    return new Joining(input, Optional.empty(), runner.path("join"));
  }

  private List<List<GenericRecord>> read(String name) throws IOException {
    List<List<GenericRecord>> files = new ArrayList<>();
    for (int file = 0; file < SIZES.length; file++) {
      files.add(LocalRunner.read(runner.path(name + "/joined/part-r-%05d.avro".formatted(file))));
    }
    return files;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1,1", "4,1,8,2,4", "1,4,2,8,1"})
  void shouldJoinEachRowInItsPlace(
      int cardBuckets, int onlineBuckets, int pairBuckets, int cardTasks, int pairTasks)
      throws Exception {
    JoinedSales sales = new JoinedSales(3, 30, SIZES);
    JoinInput input =
        sales.write(
            runner,
            new int[] {cardBuckets, onlineBuckets, pairBuckets},
            new int[] {cardTasks, pairTasks});
    Job job = join(input, "out", runner.configuration());

    assertEquals(text(sales.joined()), text(read("out")));
    TaskReport report =
        TaskReport.collect(FileOutputFormat.getOutputPath(job), job.getConfiguration());
    assertEquals(
        Arrays.stream(SIZES).mapToObj(size -> (long) size).toList(),
        report.files().get("joined").stream().map(DataFile::records).toList());
    assertEquals(1601, counter(job, JoinCounter.ROWS_READ));
    assertEquals(1601, counter(job, JoinCounter.ROWS_WRITTEN));
    assertEquals(found(sales), counter(job, JoinCounter.FEATURES_FOUND));
  }

  /** Of each row, one for the card where any group has it, one for the card in the shop. */
  private static long found(JoinedSales sales) {
    long found = 0;
    for (List<GenericRecord> file : sales.cleanFiles) {
      for (GenericRecord sale : file) {
        String card = String.valueOf(sale.get("card"));
        found += sales.cards.containsKey(card) || sales.online.containsKey(card) ? 1 : 0;
        found += sales.pairs.containsKey(sale.get("shop") + " " + card) ? 1 : 0;
      }
    }
    return found;
  }

  private static String text(List<List<GenericRecord>> files) {
    StringBuilder text = new StringBuilder();
    files.forEach(file -> text.append(file.size()).append(' ').append(file).append('\n'));
    return text.toString();
  }

  private static long counter(Job job, JoinCounter counter) throws IOException {
    return job.getCounters().findCounter(JoinCounter.GROUP, counter.counterName()).getValue();
  }

  @Test
  void shouldMakeTheSameBytesHoweverTheWorkIsCut() throws Exception {
    JoinedSales sales = new JoinedSales(4, 60, SIZES);
    join(
        sales.write(runner, new int[] {1, 1, 1}, new int[] {1, 1}), "once", runner.configuration());
    Configuration other = runner.configuration();
    other.setInt("mapreduce.local.map.tasks.maximum", 3);
    // splits of the matches' files, and several spills
    other.setLong("mapreduce.input.fileinputformat.split.maxsize", 500);
    other.setInt("mapreduce.task.io.sort.mb", 1);
    other.setFloat("mapreduce.map.sort.spill.percent", 0.02f);
    other.setInt("mapreduce.task.io.sort.factor", 2);
    join(sales.write(runner, new int[] {2, 8, 4}, new int[] {4, 8}), "again", other);

    for (int file = 0; file < SIZES.length; file++) {
      String name = "joined/part-r-%05d.avro".formatted(file);
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("once").resolve(name)),
          Files.readAllBytes(folder.resolve("again").resolve(name)));
    }
  }

  @Test
  void shouldRefuseFeaturesOfRowsThatAreNotThere() throws Exception {
    JoinedSales sales = new JoinedSales(5, 30, SIZES);
    JoinInput input = sales.write(runner, new int[] {1, 1, 1}, new int[] {1, 1});
    Path matches = runner.path("matches");
    runner.run(
        MatchJob.create(runner.configuration(), joining(input), LocalRunner.FINGERPRINT, matches));
    // as if the last file had been replaced by a shorter one in between
    List<JoinInput.CleanFile> files = new ArrayList<>(input.days().get(0).cleanFiles());
    files.set(4, new JoinInput.CleanFile(files.get(0).path(), files.get(4).length(), 900));
    Job assemble =
        AssembleJob.create(
            runner.configuration(),
            joining(
                JoinedSales.input(
                    files, input.days().get(0).features().toArray(JoinInput.Features[]::new))),
            Optional.of(matches),
            LocalRunner.FINGERPRINT,
            runner.path("out"));
    assertFalse(assemble.waitForCompletion(false));
    List<TaskFailure.Note> messages =
        TaskFailure.collect(FileOutputFormat.getOutputPath(assemble), runner.configuration());
    assertTrue(
        messages.toString().contains("it has 700 rows, but its manifest says 900"),
        messages::toString);
  }
}
