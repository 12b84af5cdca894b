package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.DATE;
import static io.millrace.job.clean.Payments.HEADER;
import static io.millrace.job.clean.Payments.SPEC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.Drivers;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.LineBlock;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.pipeline.SpecText;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mrunit.mapreduce.MapDriver;
import org.apache.hadoop.mrunit.mapreduce.MapReduceDriver;
import org.apache.hadoop.mrunit.mapreduce.ReduceDriver;
import org.apache.hadoop.mrunit.types.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanMapReduceTest {
  @TempDir java.nio.file.Path folder;

  private Configuration configuration(SpecText spec) throws IOException {
    LocalRunner runner = new LocalRunner(folder);
    return CleanJob.create(
            runner.configuration(),
            Payments.request(spec, DATE, List.of(), 1, 1, runner.path("out")))
        .getConfiguration();
  }

  private static LineBlock block(String file, long offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new LineBlock().set(file, offset, HEADER.getBytes(UTF_8), bytes, 0, bytes.length);
  }

  private static Map<String, Long> counts(Counters counters) {
    Map<String, Long> counts = new TreeMap<>();
    counters
        .getGroup(CleanCounter.GROUP)
        .forEach(counter -> counts.put(counter.getName(), counter.getValue()));
    return counts;
  }

  private static GenericRecord read(Schema schema, Slice bytes) throws IOException {
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }

  @Test
  void shouldMapLinesToRowsAndQuarantinedRecords() throws Exception {
    MapDriver<NullWritable, LineBlock, Slice, Slice> driver =
        Drivers.configured(MapDriver.newMapDriver(new CleanMapper()), configuration(SPEC));
    List<Pair<Slice, Slice>> output =
        driver
            .withInput(
                NullWritable.get(),
                block("a.csv", 100, "a,r,2026-03-30 10:00,1.00,3,web\r\n\nb,r,x,1.00,3,web\n"))
            .run();
    assertEquals(2, output.size());
    assertTrue(CleanKey.isRow(output.get(0).getFirst()));
    // id and region: their lengths, and before the region the branch of its union
    assertEquals(
        new Slice(new byte[] {2, 'a', 2, 2, 'r'}),
        CleanKey.body(output.get(0).getFirst(), 0, new Slice()));
    GenericRecord quarantined = read(RecordCleaner.quarantineSchema(), output.get(1).getSecond());
    assertEquals("a.csv", quarantined.get("file").toString());
    // 100, the first line with its end, and the blank one
    assertEquals(100L + 33 + 1, quarantined.get("offset"));
    assertEquals(Map.of(CleanCounter.READ.counterName(), 2L), counts(driver.getCounters()));
  }

  @Test
  void shouldKeepTheLatestOfAKeyAndPassTheQuarantineOn() throws Exception {
    MapReduceDriver<NullWritable, LineBlock, Slice, Slice, Text, Slice> driver =
        Drivers.configured(
            MapReduceDriver.newMapReduceDriver(new CleanMapper(), new CleanReducer()),
            configuration(SPEC));
    List<Pair<Text, Slice>> output =
        driver
            .withInput(
                NullWritable.get(),
                block(
                    "a.csv",
                    0,
                    """
                    a,r,2026-03-30 10:00,1.00,1,web
                    a,r,2026-03-30 12:00,1.00,2,web
                    a,r,2026-03-30 11:00,1.00,3,web
                    a,,2026-03-30 10:00,1.00,4,web
                    b,r,2026-03-30 10:00,-1,5,web
                    """))
            .withInput(NullWritable.get(), block("b.csv", 0, "a,,2026-03-30 12:00,1.00,6,web\n"))
            .run();
    Schema rows = SPEC.bind().cleaning().rows().toAvro();
    TreeMap<String, Object> units = new TreeMap<>();
    for (Pair<Text, Slice> pair : output) {
      if (pair.getFirst().equals(new Text(CleanJob.CLEAN))) {
        GenericRecord row = read(rows, pair.getSecond());
        units.put(row.get("id") + "/" + row.get("region"), row.get("units"));
      } else {
        units.put(pair.getFirst().toString(), "there");
      }
    }
    assertEquals(Map.of("a/r", 2, "a/null", 6, CleanJob.QUARANTINE, "there"), units);
    assertEquals(
        Map.of(
            CleanCounter.READ.counterName(), 6L,
            CleanCounter.KEPT.counterName(), 2L,
            CleanCounter.DUPLICATES.counterName(), 3L,
            CleanCounter.QUARANTINED.counterName(), 1L),
        counts(driver.getCounters()));
  }

  @Test
  void shouldMarkTheKeysOfEarlierRecordsAsTheRowsOfThatKey() throws Exception {
    Schema schema = SPEC.bind().cleaning().rows().toAvro();
    String line = "a,,2026-03-30 10:00,1.00,3,web\n";
    List<Pair<Slice, Slice>> rows =
        Drivers.configured(MapDriver.newMapDriver(new CleanMapper()), configuration(SPEC))
            .withInput(NullWritable.get(), block("a.csv", 0, line))
            .run();
    // a value is eight bytes of time, then the record
    byte[] value = rows.get(0).getSecond().toByteArray();
    RecordBlock twice =
        new RecordBlock()
            .writtenWith(schema)
            .set(2, 0, value(value, value), 0, 2 * value.length - 16);
    List<Pair<Slice, Slice>> marks =
        Drivers.configured(MapDriver.newMapDriver(new EarlierKeysMapper()), configuration(SPEC))
            .withInput(NullWritable.get(), twice)
            .run();
    Pair<Slice, Slice> mark = new Pair<>(rows.get(0).getFirst(), new Slice());
    assertEquals(List.of(mark, mark), marks);
  }

  private static byte[] value(byte[] first, byte[] second) {
    ByteBuilder records = new ByteBuilder();
    for (byte[] each : List.of(first, second)) {
      records.putBytes(each, Long.BYTES, each.length - Long.BYTES);
    }
    return records.toByteArray();
  }

  @Test
  void shouldWriteACopyForEachOfEqualRecordsWhereAllAreKept() throws Exception {
    SpecText all = SPEC.with("  deduplicate: {by: [id, region], keep: latest}\n", "");
    CleanKey key = new CleanKey();
    key.beginRow().putByte(1);
    List<Pair<Text, Slice>> output =
        Drivers.configured(ReduceDriver.newReduceDriver(new CleanReducer()), configuration(all))
            .withInput(key.endRow(), List.of(new Slice(), new Slice(), new Slice()))
            .run();
    assertEquals(3, output.size());
    output.forEach(
        pair -> assertEquals(new Pair<>(new Text("clean"), new Slice(new byte[] {1})), pair));
  }

  @Test
  void shouldSayWhichRecordBreaksTheTask() throws Exception {
    // so many alternatives in a row need more stack than a task has
    SpecText deep =
        SPEC.with(
            "amount_in_range: amount BETWEEN 0 AND 1000", "safe: REGEXP_LIKE(id, '^(a|b)*$')");
    String line = "a".repeat(1_000_000) + ",r,2026-03-30 10:00,1.00,1,web\n";
    Configuration configuration = configuration(deep);
    var driver =
        Drivers.configured(MapDriver.newMapDriver(new CleanMapper()), configuration)
            .withInput(NullWritable.get(), block("x/a.csv", 77, line));
    IOException failure = assertThrows(IOException.class, driver::run);
    assertEquals("Cannot clean the record at byte 77 of x/a.csv", failure.getMessage());
    String noted =
        TaskFailure.collect(new LocalRunner(folder).path("out"), configuration).get(0).text();
    assertTrue(
        noted.startsWith(
            "Cannot clean the record at byte 77 of x/a.csv, because of java.lang.StackOverflowError"),
        noted);
  }
}
