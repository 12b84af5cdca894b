package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageKind;
import io.millrace.run.JobRunner.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OneContainerTest {
  private static final long MIB = 1 << 20;
  private static final LargestContainer ROOMY = new LargestContainer(8192, 8);
  private static final String GROUP = "millrace";

  private final Configuration cluster = LocalRuntime.defaults();

  @TempDir private Path folder;

  @BeforeEach
  void submitToACluster() {
    cluster.set("mapreduce.framework.name", "yarn");
  }

  @Test
  void shouldTakeMiddlingInput() {
    assertTrue(OneContainer.isWanted(cluster, StageKind.CLEAN, 17 * MIB));
    assertTrue(OneContainer.isWanted(cluster, StageKind.CLEAN, 512 * MIB));
  }

  @Test
  void shouldLeaveLittleAndMuchInputAlone() {
    assertFalse(OneContainer.isWanted(cluster, StageKind.CLEAN, 16 * MIB));
    assertFalse(OneContainer.isWanted(cluster, StageKind.CLEAN, 513 * MIB));
  }

  @Test
  void shouldDoAsItIsTold() {
    cluster.set("millrace.one-container-bytes", "20m");
    assertTrue(OneContainer.isWanted(cluster, StageKind.SCORE, 20 * MIB));
    assertFalse(OneContainer.isWanted(cluster, StageKind.SCORE, 21 * MIB));
    cluster.set("millrace.one-container-bytes", "0");
    assertFalse(OneContainer.isWanted(cluster, StageKind.SCORE, 20 * MIB));
  }

  @Test
  void shouldStartNoneWhereThePersonSpeaksOfTheMaster() {
    cluster.setBoolean("mapreduce.job.ubertask.enable", false);
    assertFalse(OneContainer.isWanted(cluster, StageKind.CLEAN, 100 * MIB));
  }

  @Test
  void shouldKeepNothingThatIsToBeEncryptedOnTheWay() {
    cluster.setBoolean("mapreduce.job.encrypted-intermediate-data", true);
    assertFalse(OneContainer.isWanted(cluster, StageKind.CLEAN, 100 * MIB));
  }

  @Test
  void shouldLeaveJobsOfThisProcessAlone() {
    cluster.set("mapreduce.framework.name", "local");
    assertFalse(OneContainer.isWanted(cluster, StageKind.CLEAN, 100 * MIB));
  }

  @ParameterizedTest
  @EnumSource(names = {"TRAINING", "TRAIN"})
  void shouldLeaveFitsAlone(StageKind stage) {
    assertFalse(OneContainer.isWanted(cluster, stage, 100 * MIB));
  }

  @Test
  void shouldWantAContainerThatTheClusterHas() {
    assertEquals(
        Optional.empty(), OneContainer.of(cluster, 512 * MIB, new LargestContainer(2047, 8)));
    assertEquals(
        Optional.empty(), OneContainer.of(cluster, 512 * MIB, new LargestContainer(8192, 1)));
    assertEquals("2048", masterMemory(512, new LargestContainer(2048, 2)));
  }

  @Test
  void shouldWantNoLargerContainerThanTheInputNeeds() {
    assertEquals("2048", masterMemory(20, ROOMY));
    assertEquals("2624", masterMemory(400, ROOMY));
    assertEquals("3072", masterMemory(512, ROOMY));
  }

  private String masterMemory(long inputMib, LargestContainer largest) {
    return around(OneContainer.of(cluster, inputMib * MIB, largest).orElseThrow())
        .getConfiguration()
        .get("yarn.app.mapreduce.am.resource.mb");
  }

  private static Job around(Configuration jobs) {
    return Assertions.assertDoesNotThrow(() -> OneContainer.around(Job.getInstance(jobs)));
  }

  @Test
  void shouldGiveTheMasterThreeQuartersAsHeapAndBothCompilers() {
    cluster.set("yarn.app.mapreduce.am.admin-command-opts", "-XX:+UseSerialGC");
    cluster.set("yarn.app.mapreduce.am.command-opts", "-Xmx384m -Da=b");
    Configuration outer =
        around(OneContainer.of(cluster, 512 * MIB, ROOMY).orElseThrow()).getConfiguration();
    String options = outer.get("yarn.app.mapreduce.am.command-opts");
    assertTrue(options.startsWith("-Xmx384m -Da=b -XX:TieredStopAtLevel=4 "), options);
    assertTrue(
        options.endsWith(
            " -XX:-UseSerialGC -XX:+UseParallelGC -XX:ActiveProcessorCount=2 -Xmx2304m"),
        options);
    assertEquals("yarn", outer.get("mapreduce.framework.name"));
    assertTrue(outer.getBoolean("mapreduce.job.ubertask.enable", false));
  }

  @Test
  void shouldLeaveACollectorThatWasChosen() {
    cluster.set("yarn.app.mapreduce.am.command-opts", "-XX:+UseG1GC");
    String options =
        around(OneContainer.of(cluster, 512 * MIB, ROOMY).orElseThrow())
            .getConfiguration()
            .get("yarn.app.mapreduce.am.command-opts");
    assertFalse(options.contains("Parallel"), options);
  }

  @Test
  void shouldHaveTheCompilersSettingsOfOneProcess() throws IOException {
    String script = Files.readString(Path.of("..", "scripts", "millrace"));
    int start = script.indexOf("compiler=(") + "compiler=(".length();
    List<String> settings =
        List.of(script.substring(start, script.indexOf(')', start)).split("\\s+", -1));
    String options =
        around(OneContainer.of(cluster, 512 * MIB, ROOMY).orElseThrow())
            .getConfiguration()
            .get("yarn.app.mapreduce.am.command-opts");
    assertTrue(options.contains(" " + String.join(" ", settings) + " "), options);
  }

  /** Counts words of a line as {@code word -> 1}. */
  static final class Words extends Mapper<LongWritable, Text, Text, LongWritable> {
    @Override
    protected void map(
        LongWritable place,
        Text line,
        Mapper<LongWritable, Text, Text, LongWritable>.Context context)
        throws IOException, InterruptedException {
      for (String word : line.toString().split(" ", -1)) {
        if (word.equals("broken")) {
          throw new IOException("Cannot count: " + word);
        }
        context.write(new Text(word), new LongWritable(1));
      }
      context.getCounter(GROUP, "lines_total").increment(1);
    }
  }

  static final class Sums extends Reducer<Text, LongWritable, Text, LongWritable> {
    @Override
    protected void reduce(
        Text word,
        Iterable<LongWritable> ones,
        Reducer<Text, LongWritable, Text, LongWritable>.Context context)
        throws IOException, InterruptedException {
      long sum = 0;
      for (LongWritable one : ones) {
        sum += one.get();
      }
      context.write(word, new LongWritable(sum));
    }
  }

  /** A job of two maps and two reduces, for a "cluster" that is this process. */
  private Job words(String first, String second) throws IOException {
    Path input = Files.createDirectory(folder.resolve("input"));
    Files.writeString(input.resolve("1.txt"), first);
    Files.writeString(input.resolve("2.txt"), second);
    Configuration base = LocalRuntime.ofThisMachine(Files.createDirectory(folder.resolve("work")));
    Job job = Job.getInstance(OneContainer.of(base, 512 * MIB, ROOMY).orElseThrow(), "words");
    job.setMapperClass(Words.class);
    job.setReducerClass(Sums.class);
    job.setNumReduceTasks(2);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(LongWritable.class);
    FileInputFormat.setInputPaths(job, input.toString());
    FileOutputFormat.setOutputPath(job, new org.apache.hadoop.fs.Path(output().toString()));
    return job;
  }

  private Path output() {
    return folder.resolve("output");
  }

  private static Counters run(Job job) throws IOException, InterruptedException {
    Progress unheard = (maps, reduces) -> {};
    return new JobRunner(job.getConfiguration()).run(job, 100 * MIB, unheard, () -> {});
  }

  @Test
  void shouldRunTheJobAndCountWhatItCounts() throws Exception {
    Counters counters = run(words("a b\na\n", "b a\n"));
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output())) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("part-r-")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    assertEquals(List.of("a\t3", "b\t2"), lines.stream().sorted().toList());
    assertEquals(3, counters.findCounter(GROUP, "lines_total").getValue());
  }

  @Test
  void shouldFailWhereTheJobInItFails() throws Exception {
    Job job = words("a\n", "broken\n");
    StageFailedException failure =
        Assertions.assertThrows(StageFailedException.class, () -> run(job));
    assertTrue(failure.getMessage().startsWith("words failed: "), failure::getMessage);
  }
}
