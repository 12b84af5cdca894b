package io.millrace.job.shuffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalShuffleTest {
  private static final int FILES = 3;
  private static final int RECORDS_OF_FILE = 700;
  private static final int REDUCES = 2;

  /** How often a record is written: by its map, and again where Hadoop brings it to its reduce. */
  private static final int ONCE = 1;

  private static final int TWICE = 2;

  @TempDir private Path folder;

  /** Lines of a key and a value in hexadecimal digits. */
  public static final class LineMapper extends Mapper<LongWritable, Text, Slice, Slice> {
    @Override
    protected void map(
        LongWritable place, Text line, Mapper<LongWritable, Text, Slice, Slice>.Context context)
        throws IOException, InterruptedException {
      String text = line.toString();
      int space = text.indexOf(' ');
      context.write(
          new Slice(HexFormat.of().parseHex(text, 0, space)),
          new Slice(HexFormat.of().parseHex(text, space + 1, text.length())));
    }
  }

  /** A line of each key, with its values in their order. */
  public static final class LineReducer extends Reducer<Slice, Slice, Text, Text> {
    @Override
    protected void reduce(
        Slice key, Iterable<Slice> values, Reducer<Slice, Slice, Text, Text>.Context context)
        throws IOException, InterruptedException {
      List<String> all = new ArrayList<>();
      values.forEach(value -> all.add(value.toString()));
      Collections.sort(all);
      context.write(new Text(key.toString()), new Text(String.join(",", all)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mapreduce.map.output.compress=false," + ONCE,
    "mapreduce.map.output.compress=true," + ONCE,
    "mapreduce.reduce.memory.totalbytes=10000," + TWICE,
    "millrace.sort=hadoop," + TWICE
  })
  void shouldBringEachReduceItsRecordsInOrder(String setting, int times) throws Exception {
    Map<String, List<String>> expected = writeInput();
    Configuration configuration = new LocalRunner(folder).configuration();
    configuration.set(
        setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    Job job = job(configuration);
    assertTrue(job.waitForCompletion(false));

    List<String> lines = new ArrayList<>();
    for (int reduce = 0; reduce < REDUCES; reduce++) {
      lines.addAll(Files.readAllLines(folder.resolve("output/part-r-%05d".formatted(reduce))));
    }
    assertEquals(
        expected.entrySet().stream()
            .map(entry -> entry.getKey() + "\t" + String.join(",", entry.getValue()))
            .toList(),
        lines);
    assertEquals((long) FILES * REDUCES, count(job, TaskCounter.SHUFFLED_MAPS));
    assertEquals((long) FILES * REDUCES, count(job, TaskCounter.MERGED_MAP_OUTPUTS));
    assertEquals(
        count(job, TaskCounter.MAP_OUTPUT_MATERIALIZED_BYTES),
        count(job, TaskCounter.REDUCE_SHUFFLE_BYTES));
    assertEquals((long) FILES * RECORDS_OF_FILE, count(job, TaskCounter.REDUCE_INPUT_RECORDS));
    assertEquals((long) times * FILES * RECORDS_OF_FILE, count(job, TaskCounter.SPILLED_RECORDS));
  }

  private static long count(Job job, TaskCounter counter) throws IOException {
    return job.getCounters().findCounter(counter).getValue();
  }

  /** Random records, and what reduces make of them; keys order as their digits do. */
  private Map<String, List<String>> writeInput() throws IOException {
    Files.createDirectories(folder.resolve("input"));
    Random random = new Random(7);
    Map<String, List<String>> values = new TreeMap<>();
    for (int file = 0; file < FILES; file++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < RECORDS_OF_FILE; i++) {
        // eight bytes that many share, and some behind them
        String key = "%016x".formatted((long) random.nextInt(40) * 0x0666666666666666L);
        key += digits(random.nextInt(3), random);
        String value = digits(random.nextInt(200), random);
        lines.add(key + " " + value);
        values.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
      }
      Files.write(folder.resolve("input/" + file), lines);
    }
    values.values().forEach(Collections::sort);
    return values;
  }

  private static String digits(int bytes, Random random) {
    byte[] some = new byte[bytes];
    random.nextBytes(some);
    return HexFormat.of().formatHex(some);
  }

  private Job job(Configuration configuration) throws IOException {
    LocalRunner runner = new LocalRunner(folder);
    Job job =
        JobTemplate.create(
            configuration, "lines", getClass(), runner.path("output"), new JobOutput(List.of()));
    TextInputFormat.addInputPath(job, runner.path("input"));
    job.setInputFormatClass(TextInputFormat.class);
    job.setMapperClass(LineMapper.class);
    job.setReducerClass(LineReducer.class);
    job.setOutputFormatClass(TextOutputFormat.class);
    job.setOutputValueClass(Text.class);
    job.setNumReduceTasks(REDUCES);
    return job;
  }

  @Test
  void shouldLeaveWhatTheConfigurationNames() throws IOException {
    Configuration configuration = new LocalRunner(folder).configuration();
    String property = "mapreduce.job.reduce.shuffle.consumer.plugin.class";
    assertEquals(LocalShuffle.class.getName(), job(configuration).getConfiguration().get(property));
    configuration.set(property, "some.Plugin");
    assertEquals("some.Plugin", job(configuration).getConfiguration().get(property));
    configuration.unset(property);
    configuration.set("mapreduce.framework.name", "yarn");
    assertEquals(
        "org.apache.hadoop.mapreduce.task.reduce.Shuffle",
        job(configuration)
            .getConfiguration()
            .get(property, "org.apache.hadoop.mapreduce.task.reduce.Shuffle"));
  }
}
