package io.millrace.job.shuffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.Slice;
import io.millrace.job.shuffle.MapOutputRun.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.RawComparator;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapOutputCollector;
import org.apache.hadoop.mapred.MapTask;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RadixCollectorTest {
  /** Memory for 52 KiB of records: many spills. */
  private static final Map<String, String> TINY =
      Map.of(MRJobConfig.IO_SORT_MB, "1", MRJobConfig.MAP_SORT_SPILL_PERCENT, "0.05");

  private static final Map<String, String> SNAPPY =
      Map.of(
          MRJobConfig.MAP_OUTPUT_COMPRESS,
          "true",
          MRJobConfig.MAP_OUTPUT_COMPRESS_CODEC,
          SnappyCodec.class.getName());

  @TempDir Path folder;

  private record Input(Slice key, Slice value, int partition) {
    static Input of(byte[] key, byte[] value, int partition) {
      return new Input(new Slice(key), new Slice(value), partition);
    }
  }

  private interface Inputs {
    Input get(SplittableRandom random, int number);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldWriteWhatHadoopsCollectorWrites(
      String name, Inputs inputs, int count, int partitions, Map<String, String> settings)
      throws Exception {
    List<Input> records = records(inputs, count);
    try (MapOutputRun radix = run(RadixCollector.class, records, partitions, settings);
        MapOutputRun hadoop = run(MapTask.MapOutputBuffer.class, records, partitions, settings)) {
      for (int partition = 0; partition < partitions; partition++) {
        List<Output> ours = radix.read(partition);
        List<Output> theirs = hadoop.read(partition);
        assertEquals(keys(theirs), keys(ours), name);
        assertEquals(sorted(theirs), sorted(ours), name);
      }
      assertEquals(
          hadoop.counter(TaskCounter.MAP_OUTPUT_RECORDS),
          radix.counter(TaskCounter.MAP_OUTPUT_RECORDS));
      assertEquals(
          records.stream().mapToLong(r -> r.key().length() + r.value().length()).sum(),
          radix.counter(TaskCounter.MAP_OUTPUT_BYTES));
      assertEquals(
          Files.size(Path.of(radix.file().toString())),
          radix.counter(TaskCounter.MAP_OUTPUT_MATERIALIZED_BYTES));
      assertEquals(
          settings.containsKey(MRJobConfig.MAP_SORT_SPILL_PERCENT),
          radix.counter(TaskCounter.SPILLED_RECORDS) > count,
          "records were written more than once");
      assertEquals(1, radix.progress());
      assertEquals(0, radix.otherFiles());
      if (!settings.containsKey(MRJobConfig.MAP_OUTPUT_COMPRESS)) {
        assertEquals(
            hadoop.counter(TaskCounter.MAP_OUTPUT_MATERIALIZED_BYTES),
            radix.counter(TaskCounter.MAP_OUTPUT_MATERIALIZED_BYTES));
      }
    }
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        inputs("nothing", (random, i) -> input(new byte[0], 0, 0), 0, 3, Map.of()),
        inputs("random", (random, i) -> input(bytes(random, 16), 60, i % 4), 3000, 4, Map.of()),
        inputs(
            "random, spilled", (random, i) -> input(bytes(random, 16), 60, i % 4), 3000, 4, TINY),
        inputs("compressed", (random, i) -> input(bytes(random, 16), 60, i % 4), 3000, 4, SNAPPY),
        inputs(
            "compressed, spilled",
            (random, i) -> input(bytes(random, 16), 60, i % 4),
            3000,
            4,
            both(SNAPPY, TINY)),
        inputs("sorted", (random, i) -> input(number(i), 20, 0), 3000, 1, TINY),
        inputs("reverse", (random, i) -> input(number(9999 - i), 20, 0), 3000, 1, TINY),
        inputs("all equal", (random, i) -> input(number(1), 20, 1), 3000, 2, TINY),
        inputs(
            "skewed",
            (random, i) -> input(number(i % 3 == 0 ? 7 : random.nextInt(99)), 20, 0),
            3000,
            1,
            TINY),
        inputs(
            "long common prefix",
            (random, i) -> input(Arrays.copyOf(number(random.nextInt(99)), 400), 3, 0),
            1000,
            1,
            TINY),
        inputs(
            "empty keys and values",
            (random, i) -> input(new byte[random.nextInt(3)], random.nextInt(2), i % 2),
            9000,
            2,
            TINY),
        inputs(
            "records larger than a chunk, and than all memory",
            (random, i) -> input(number(random.nextInt(9)), i % 40 == 0 ? 70_000 : i % 7000, 0),
            400,
            1,
            TINY),
        inputs("one huge", (random, i) -> input(bytes(random, 9), 3 << 20, 1), 1, 2, MIB),
        inputs(
            "keys larger than all memory",
            (random, i) -> input(new byte[i % 20 == 0 ? 60_000 : 9], 1, 0),
            100,
            1,
            TINY),
        inputs(
            "many partitions",
            (random, i) -> input(bytes(random, 8), 8, random.nextInt(4096)),
            6000,
            4096,
            Map.of(MRJobConfig.IO_SORT_MB, "1", MRJobConfig.MAP_SORT_SPILL_PERCENT, "0.1")),
        inputs(
            "merged in rounds, indexes on disk",
            (random, i) -> input(bytes(random, 8), 40, i % 3),
            6000,
            3,
            both(
                TINY,
                Map.of(
                    MRJobConfig.IO_SORT_FACTOR,
                    "2",
                    MRJobConfig.INDEX_CACHE_MEMORY_LIMIT,
                    "100"))));
  }

  /** So much that records above 1 MiB do not fit. */
  private static final Map<String, String> MIB = Map.of(MRJobConfig.IO_SORT_MB, "1");

  private static Arguments inputs(
      String name, Inputs inputs, int count, int partitions, Map<String, String> settings) {
    return Arguments.of(name, inputs, count, partitions, settings);
  }

  @Test
  void shouldKeepTheOrderOfRecordsWithEqualKeys() throws Exception {
    List<Input> records =
        records((random, i) -> Input.of(number(random.nextInt(5)), number(i), 0), 2000);
    try (MapOutputRun run = run(RadixCollector.class, records, 1, Map.of())) {
      List<Output> output = run.read(0);
      assertEquals(sorted(output), output);
    }
  }

  @ParameterizedTest
  @MethodSource("combinerSettings")
  void shouldCombineInSpillsAndInTheirMerge(Map<String, String> settings, boolean isWholeSum)
      throws Exception {
    List<Input> records =
        records((random, i) -> Input.of(number(random.nextInt(50)), number(i), i % 2), 9000);
    Map<String, Long> expected = new TreeMap<>();
    records.forEach(
        record ->
            expected.merge(
                record.partition() + record.key().toString(),
                ByteBuffer.wrap(record.value().array()).getLong(),
                Long::sum));
    try (MapOutputRun run =
        run(RadixCollector.class, records, 2, both(settings, combinedBy(Summing.class)))) {
      Map<String, Long> sums = new TreeMap<>();
      long written = 0;
      for (int partition = 0; partition < 2; partition++) {
        for (Output output : run.read(partition)) {
          sums.merge(
              partition + output.key(), Long.parseUnsignedLong(output.value(), 16), Long::sum);
          written++;
        }
      }
      assertEquals(expected, sums);
      assertEquals(isWholeSum, written == expected.size(), written + " records");
      long combined = run.counter(TaskCounter.COMBINE_INPUT_RECORDS);
      assertTrue(combined >= 9000, () -> combined + " records were combined");
      assertTrue(run.counter(TaskCounter.COMBINE_OUTPUT_RECORDS) >= written);
      assertEquals(9000, run.counter(TaskCounter.MAP_OUTPUT_RECORDS));
    }
  }

  static Stream<Arguments> combinerSettings() {
    return Stream.of(
        Arguments.of(Map.of(), true),
        Arguments.of(TINY, true),
        Arguments.of(both(TINY, SNAPPY), true),
        Arguments.of(both(TINY, Map.of(MRJobConfig.MAP_COMBINE_MIN_SPILLS, "1000")), false));
  }

  @Test
  void shouldCountCombinedRecordsAsHadoopDoes() throws Exception {
    List<Input> records =
        records((random, i) -> Input.of(number(random.nextInt(50)), number(i), i % 2), 900);
    Map<String, String> settings = combinedBy(Summing.class);
    try (MapOutputRun radix = run(RadixCollector.class, records, 2, settings);
        MapOutputRun hadoop = run(MapTask.MapOutputBuffer.class, records, 2, settings)) {
      for (TaskCounter counter :
          List.of(
              TaskCounter.COMBINE_INPUT_RECORDS,
              TaskCounter.COMBINE_OUTPUT_RECORDS,
              TaskCounter.SPILLED_RECORDS,
              TaskCounter.MAP_OUTPUT_RECORDS,
              TaskCounter.MAP_OUTPUT_BYTES,
              TaskCounter.MAP_OUTPUT_MATERIALIZED_BYTES)) {
        assertEquals(hadoop.counter(counter), radix.counter(counter), counter.name());
      }
    }
  }

  @Test
  void shouldSayWhyItDoesNotSort() {
    JobConf encrypted = job(1, Map.of(MRJobConfig.MR_ENCRYPTED_INTERMEDIATE_DATA, "true"));
    JobConf reversed = job(1, Map.of());
    reversed.setOutputKeyComparatorClass(Reversed.class);
    for (JobConf job : List.of(encrypted, reversed)) {
      IOException refused =
          assertThrows(IOException.class, () -> new MapOutputRun(job, RadixCollector.class));
      assertTrue(
          refused.getMessage().startsWith("Cannot sort map output by radix: expected"),
          refused.getMessage());
      assertTrue(refused.getMessage().endsWith("Hadoop's own collector takes over"));
    }
  }

  @Test
  void shouldSayWhichRecordTheJobDidNotExpect() throws Exception {
    try (MapOutputRun run = new MapOutputRun(job(3, Map.of()), RadixCollector.class)) {
      assertEquals(
          "Cannot collect a record for partition 3: expected 0 to 2, found for key 0a",
          assertThrows(IOException.class, () -> run.collect(new byte[] {10}, new byte[0], 3))
              .getMessage());
    }
  }

  @Test
  void shouldSayWhereItCannotWrite() throws Exception {
    JobConf job = job(1, Map.of());
    try (MapOutputRun run = new MapOutputRun(job, RadixCollector.class)) {
      run.collect(new byte[9], new byte[9], 0);
      Files.createDirectories(folder.resolve("tmp"));
      Files.writeString(folder.resolve("local"), "a file in the place of the folder");
      assertThrows(IOException.class, run::flush);
    }
  }

  @Test
  void shouldEndATaskThatSpillsMoreOftenThanAllowed() throws Exception {
    JobConf job = job(1, both(TINY, Map.of(MRJobConfig.SPILL_FILES_COUNT_LIMIT, "2")));
    try (MapOutputRun run = new MapOutputRun(job, RadixCollector.class)) {
      IOException ended =
          assertThrows(
              IOException.class,
              () -> {
                for (int i = 0; i < 9000; i++) {
                  run.collect(number(i), new byte[90], 0);
                }
              });
      assertEquals(
          "Cannot write map output to disk more than 2 times, as"
              + " mapreduce.task.spill.files.count.limit has it: set a larger"
              + " mapreduce.task.io.sort.mb",
          ended.getMessage());
    }
  }

  @Test
  void shouldSortAllJobsUnlessToldOtherwise() {
    assertEquals(
        List.of(RadixCollector.class, MapTask.MapOutputBuffer.class), collectors(Map.of()));
    assertEquals(
        List.of(MapTask.MapOutputBuffer.class), collectors(Map.of(MapSort.PROPERTY, "hadoop")));
    assertEquals(
        List.of(MapTask.MapOutputBuffer.class),
        collectors(Map.of(MRJobConfig.MR_ENCRYPTED_INTERMEDIATE_DATA, "true")));
    assertEquals(
        "Cannot sort map output by -D millrace.sort=quick: expected radix or hadoop",
        assertThrows(
                IllegalArgumentException.class, () -> collectors(Map.of(MapSort.PROPERTY, "quick")))
            .getMessage());
  }

  private List<Class<?>> collectors(Map<String, String> settings) {
    return List.of(
        job(1, settings)
            .getClasses(
                MRJobConfig.MAP_OUTPUT_COLLECTOR_CLASS_ATTR, MapTask.MapOutputBuffer.class));
  }

  /** Adds numbers up. */
  public static final class Summing extends Reducer<Slice, Slice, Slice, Slice> {
    @Override
    protected void reduce(Slice key, Iterable<Slice> values, Context context)
        throws IOException, InterruptedException {
      long sum = 0;
      for (Slice value : values) {
        sum += ByteBuffer.wrap(value.array(), value.offset(), value.length()).getLong();
      }
      context.write(key, new Slice(number(sum)));
    }
  }

  /** Not the order of bytes. */
  public static final class Reversed implements RawComparator<Slice> {
    @Override
    public int compare(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
      return Arrays.compareUnsigned(b, bOffset, bOffset + bLength, a, aOffset, aOffset + aLength);
    }

    @Override
    public int compare(Slice a, Slice b) {
      return b.compareTo(a);
    }
  }

  private MapOutputRun run(
      @SuppressWarnings("rawtypes") Class<? extends MapOutputCollector> collector,
      List<Input> records,
      int partitions,
      Map<String, String> settings)
      throws Exception {
    JobConf job = job(partitions, settings);
    job.set("mapreduce.cluster.local.dir", folder.resolve(collector.getSimpleName()).toString());
    MapOutputRun run = new MapOutputRun(job, collector);
    for (Input record : records) {
      run.collect(record.key().array(), record.value().array(), record.partition());
    }
    run.flush();
    return run;
  }

  private JobConf job(int partitions, Map<String, String> settings) {
    try {
      Configuration base = new LocalRunner(folder).configuration();
      settings.forEach(base::set);
      Job job =
          JobTemplate.create(
              base,
              "job",
              RadixCollectorTest.class,
              new LocalRunner(folder).path("out"),
              new JobOutput(List.of()));
      job.setNumReduceTasks(partitions);
      return (JobConf) job.getConfiguration();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Input> records(Inputs inputs, int count) {
    SplittableRandom random = new SplittableRandom(11);
    List<Input> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(inputs.get(random, i));
    }
    return records;
  }

  private static Input input(byte[] key, int valueLength, int partition) {
    return Input.of(
        key,
        bytes(new SplittableRandom(Arrays.hashCode(key) + valueLength), valueLength),
        partition);
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static Map<String, String> combinedBy(Class<?> combiner) {
    return Map.of(
        MRJobConfig.COMBINE_CLASS_ATTR, combiner.getName(), "mapred.mapper.new-api", "true");
  }

  private static Map<String, String> both(Map<String, String> a, Map<String, String> b) {
    Map<String, String> both = new TreeMap<>(a);
    both.putAll(b);
    return both;
  }

  private static List<String> keys(List<Output> records) {
    return records.stream().map(Output::key).toList();
  }

  private static List<Output> sorted(List<Output> records) {
    return records.stream()
        .sorted(Comparator.comparing(Output::key).thenComparing(Output::value))
        .toList();
  }
}
