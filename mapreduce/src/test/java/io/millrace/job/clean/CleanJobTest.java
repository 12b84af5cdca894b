package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.DATE;
import static io.millrace.job.clean.Payments.HEADER;
import static io.millrace.job.clean.Payments.SPEC;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.LandingFile;
import io.millrace.job.io.LandingInputFormat;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskReport;
import io.millrace.plan.DataFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanJobTest {
  private static final int ROW_FILES = 4;
  private static final int QUARANTINE_FILES = 2;

  @TempDir Path folder;
  private LocalRunner runner;
  private final List<LandingFile> files = new ArrayList<>();

  @BeforeEach
  void makeRunner() {
    runner = new LocalRunner(folder);
  }

  private void land(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve("landing").resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
    files.add(new LandingFile(path.toUri().toString(), name, bytes.length));
  }

  private Job job(Configuration configuration, String output) throws IOException {
    return CleanJob.create(
        configuration,
        Payments.request(SPEC, DATE, files, ROW_FILES, QUARANTINE_FILES, runner.path(output)));
  }

  private List<GenericRecord> read(String output, String dataSet, int count) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    for (int file = 0; file < count; file++) {
      records.addAll(
          LocalRunner.read(runner.path("%s/%s/part-r-%05d.avro".formatted(output, dataSet, file))));
    }
    return records;
  }

  private static long count(Counters counters, CleanCounter counter) {
    return counters.findCounter(CleanCounter.GROUP, counter.counterName()).getValue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldDoWhatANaiveProgramDoesWithTheSameBytesHoweverItIsCut(long seed) throws Exception {
    Random random = new Random(seed);
    NaiveCleaning naive = new NaiveCleaning();
    for (String name : List.of("part-1.csv", "late/part-2.csv", "part-3.csv")) {
      byte[] content = RandomPayments.file(random, 1_500);
      land(name, content);
      naive.add(name, content);
    }
    Job whole = job(runner.configuration(), "whole");
    TaskReport report = runner.run(whole);

    assertEquals(
        new TreeSet<>(naive.rows().stream().map(Object::toString).toList()),
        new TreeSet<>(
            read("whole", CleanJob.CLEAN, ROW_FILES).stream()
                .map(record -> row(record).toString())
                .toList()));
    assertEquals(
        new TreeSet<>(naive.quarantined.stream().map(Object::toString).toList()),
        new TreeSet<>(
            read("whole", CleanJob.QUARANTINE, QUARANTINE_FILES).stream()
                .map(record -> quarantined(record).toString())
                .toList()));
    Counters counters = whole.getCounters();
    assertEquals(naive.read, count(counters, CleanCounter.READ));
    assertEquals(naive.rows().size(), count(counters, CleanCounter.KEPT));
    assertEquals(naive.quarantined.size(), count(counters, CleanCounter.QUARANTINED));
    assertEquals(
        naive.read - naive.rows().size() - naive.quarantined.size(),
        count(counters, CleanCounter.DUPLICATES));
    assertTrue(count(counters, CleanCounter.DUPLICATES) > 100, "the test says little without");
    assertFiles(report);

    Configuration cut = runner.configuration();
    cut.setLong(LandingInputFormat.SPLIT_BYTES, 7_001);
    cut.setInt(LandingInputFormat.BLOCK_BYTES, 300);
    cut.setInt("mapreduce.task.io.sort.mb", 1);
    cut.set("mapreduce.map.sort.spill.percent", "0.01");
    cut.setInt("mapreduce.task.io.sort.factor", 2);
    cut.setInt("mapreduce.local.map.tasks.maximum", 1);
    cut.setInt("mapreduce.local.reduce.tasks.maximum", 1);
    Collections.reverse(files);
    Job pieces = job(cut, "pieces");
    runner.run(pieces);
    assertEquals(bytes("whole"), bytes("pieces"));
    assertEquals(naive.read, count(pieces.getCounters(), CleanCounter.READ));
  }

  private void assertFiles(TaskReport report) throws IOException {
    assertEquals(ROW_FILES, report.files().get(CleanJob.CLEAN).size(), "a file each, empty or not");
    assertEquals(QUARANTINE_FILES, report.files().get(CleanJob.QUARANTINE).size());
    for (DataFile file : report.files().get(CleanJob.CLEAN)) {
      byte[] bytes = Files.readAllBytes(folder.resolve("whole/clean").resolve(file.name()));
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      assertEquals(bytes.length, file.length());
      assertEquals(checksum.getValue(), file.crc32c());
    }
  }

  private static NaiveCleaning.Row row(GenericRecord record) {
    ByteBuffer unscaled = (ByteBuffer) record.get("amount");
    byte[] bytes = new byte[unscaled.remaining()];
    unscaled.get(bytes);
    return new NaiveCleaning.Row(
        record.get("id").toString(),
        record.get("region") == null ? null : record.get("region").toString(),
        (long) record.get("ts"),
        new BigDecimal(new BigInteger(bytes), 2),
        (int) record.get("units"),
        record.get("channel").toString(),
        (int) record.get("doubled"));
  }

  private static NaiveCleaning.Quarantined quarantined(GenericRecord record) {
    return new NaiveCleaning.Quarantined(
        record.get("file").toString(),
        (long) record.get("offset"),
        record.get("rule").toString(),
        new String(((ByteBuffer) record.get("raw")).array(), ISO_8859_1));
  }

  /** The content of all data files, by their names. */
  private Map<String, String> bytes(String output) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (var paths = Files.walk(folder.resolve(output))) {
      for (Path path : paths.filter(found -> found.toString().endsWith(".avro")).toList()) {
        bytes.put(
            folder.resolve(output).relativize(path).toString(),
            new String(Files.readAllBytes(path), ISO_8859_1));
      }
    }
    assertEquals(ROW_FILES + QUARANTINE_FILES, bytes.size());
    return bytes;
  }

  @Test
  void shouldMakeEmptyFilesOfAnEmptyDay() throws Exception {
    TaskReport report = runner.run(job(runner.configuration(), "out"));
    assertEquals(ROW_FILES, report.files().get(CleanJob.CLEAN).size());
    assertEquals(List.of(), read("out", CleanJob.CLEAN, ROW_FILES));
    assertEquals(List.of(), read("out", CleanJob.QUARANTINE, QUARANTINE_FILES));
  }

  @Test
  void shouldNoteColumnsThatTheSchemaDoesNotKnow() throws Exception {
    String record = "a,r,2026-03-30 10:00,1.00,3,web";
    for (int file = 1; file <= 4; file++) {
      land("part-" + file + ".csv", (HEADER + ",foo,bar\n" + record + ",1,2\n").getBytes(UTF_8));
    }
    land("part-5.csv", (HEADER + ",other\n" + record + ",1\n").getBytes(UTF_8));
    land("part-6.csv", (HEADER + "\n" + record + "\n").getBytes(UTF_8));
    Configuration cut = runner.configuration();
    cut.setLong(LandingInputFormat.SPLIT_BYTES, 50);
    TaskReport report = runner.run(job(cut, "out"));
    assertEquals(
        List.of(
            "part-1.csv and 3 more files: columns not in the schema were ignored: foo, bar",
            "part-5.csv: columns not in the schema were ignored: other"),
        List.copyOf(report.notes()));
    assertEquals(ROW_FILES, report.files().get(CleanJob.CLEAN).size());
  }

  @Test
  void shouldNameAFileThatCannotBeDecompressed() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(RandomPayments.file(new Random(1), 2_000));
    }
    byte[] damaged = compressed.toByteArray();
    damaged[damaged.length / 2] ^= 0x55;
    land("part-1.csv.gz", damaged);
    Job job = job(runner.configuration(), "out");
    assertFalse(job.waitForCompletion(false));
    List<String> failures =
        TaskFailure.collect(runner.path("out"), job.getConfiguration()).stream()
            .map(TaskFailure.Note::text)
            .toList();
    assertEquals(1, failures.size());
    assertTrue(failures.get(0).startsWith("Cannot read file:"), failures.get(0));
    assertTrue(failures.get(0).contains("landing/part-1.csv.gz behind byte "), failures.get(0));
    assertTrue(failures.get(0).contains("the file may be damaged or incomplete"), failures.get(0));
    assertFalse(failures.get(0).contains("because"), "what was said once is not repeated");
  }

  @Test
  void shouldDescribeItselfWithoutRunning() throws Exception {
    Job job = job(runner.configuration(), "out");
    assertEquals("millrace clean 2026-03-30", job.getJobName());
    assertEquals(ROW_FILES + QUARANTINE_FILES, job.getNumReduceTasks());
    Map<String, String> settings = new HashMap<>(job.getConfiguration().getValByRegex("millrace"));
    assertTrue(
        settings.get("millrace.settings.CleanSettings").length() < 20_000,
        "expressions travel as bytecode, a few kilobytes");
  }
}
