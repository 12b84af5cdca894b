package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.DATE;
import static io.millrace.job.clean.Payments.HEADER;
import static io.millrace.job.clean.Payments.SPEC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.LandingFile;
import io.millrace.pipeline.SpecText;
import io.millrace.row.Buckets;
import io.millrace.row.XxHash64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clean files in which the records of an entity, here a region that may be NULL, lie together. */
class ClusteredCleanJobTest {
  private static final int ROW_FILES = 4;
  private static final String BY_KEY = "deduplicate: {by: [id, region], keep: latest}";
  private static final String GROUP =
      """
      features:
        region:
          entity: region
          windows: [1d]
          aggregates: {n: COUNT(*)}
      """;

  @TempDir Path folder;
  private LocalRunner runner;
  private final List<LandingFile> files = new ArrayList<>();
  private final NaiveCleaning naive = new NaiveCleaning();

  @BeforeEach
  void land() throws IOException {
    runner = new LocalRunner(folder);
    Random random = new Random(9);
    for (String name : List.of("part-1.csv", "part-2.csv")) {
      byte[] content = RandomPayments.file(random, 1_500);
      Files.createDirectories(folder.resolve("landing"));
      Path path = Files.write(folder.resolve("landing").resolve(name), content);
      files.add(new LandingFile(path.toUri().toString(), name, content.length));
      naive.add(name, content);
    }
  }

  private static SpecText clustered(String duplicates) {
    SpecText spec = SPEC.with(BY_KEY, duplicates);
    return new SpecText(spec.yaml() + GROUP, spec.files());
  }

  private List<GenericRecord> clean(SpecText spec, List<LandingFile> input, String output)
      throws Exception {
    Job job =
        CleanJob.create(
            runner.configuration(),
            Payments.request(spec, DATE, input, ROW_FILES, 1, runner.path(output)));
    runner.run(job);
    List<GenericRecord> records = new ArrayList<>();
    for (int file = 0; file < ROW_FILES; file++) {
      List<GenericRecord> found =
          LocalRunner.read(runner.path("%s/clean/part-r-%05d.avro".formatted(output, file)));
      List<byte[]> keys = found.stream().map(record -> key(spec, record)).toList();
      List<byte[]> sorted = new ArrayList<>(keys);
      sorted.sort(Arrays::compareUnsigned);
      for (int i = 0; i < keys.size(); i++) {
        assertEquals(hex(sorted.get(i)), hex(keys.get(i)), "record " + i + " of file " + file);
        assertEquals(file, Buckets.of(java.nio.ByteBuffer.wrap(keys.get(i)).getLong(), ROW_FILES));
      }
      records.addAll(found);
    }
    return records;
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  /** What files are sorted by, as the page on what a warehouse holds has it. */
  private static byte[] key(SpecText spec, GenericRecord record) {
    boolean byKey = spec.yaml().contains(BY_KEY);
    byte[] id = text(record.get("id"));
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    if (record.get("region") == null) {
      key.writeBytes(byKey ? id : encoded(record));
      if (byKey) {
        key.write(0);
      }
      return hashed(key.toByteArray(), key.size());
    }
    byte[] region = text(record.get("region"));
    key.writeBytes(region);
    key.writeBytes(byKey ? id : encoded(record));
    return hashed(key.toByteArray(), region.length);
  }

  private static byte[] hashed(byte[] body, int length) {
    return java.nio.ByteBuffer.allocate(Long.BYTES + body.length)
        .putLong(XxHash64.hash(body, 0, length))
        .put(body)
        .array();
  }

  private static byte[] text(Object value) {
    byte[] utf8 = value.toString().getBytes(UTF_8);
    byte[] bytes = new byte[utf8.length + 1];
    assertTrue(utf8.length < 64, "one byte of length");
    bytes[0] = (byte) (2 * utf8.length);
    System.arraycopy(utf8, 0, bytes, 1, utf8.length);
    return bytes;
  }

  private static byte[] encoded(GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(List<GenericRecord> records) {
    return records.stream().map(GenericRecord::toString).sorted().toList();
  }

  @Test
  void shouldKeepTheSameRecordsInAnotherOrder() throws Exception {
    List<GenericRecord> apart = read(SPEC, "apart");
    List<GenericRecord> together = clean(clustered(BY_KEY), files, "together");
    assertEquals(texts(apart), texts(together));
    assertEquals(naive.rows().size(), together.size());
    assertTrue(
        together.stream().anyMatch(record -> record.get("region") == null), "rows without entity");
  }

  private List<GenericRecord> read(SpecText spec, String output) throws Exception {
    Job job =
        CleanJob.create(
            runner.configuration(),
            Payments.request(spec, DATE, files, ROW_FILES, 1, runner.path(output)));
    runner.run(job);
    List<GenericRecord> records = new ArrayList<>();
    for (int file = 0; file < ROW_FILES; file++) {
      records.addAll(
          LocalRunner.read(runner.path("%s/clean/part-r-%05d.avro".formatted(output, file))));
    }
    return records;
  }

  @Test
  void shouldKeepOneOfEqualRecords() throws Exception {
    List<GenericRecord> apart = read(SPEC.with(BY_KEY, "deduplicate: exact"), "apart");
    assertEquals(texts(apart), texts(clean(clustered("deduplicate: exact"), files, "together")));
  }

  @Test
  void shouldKeepAllRecords() throws Exception {
    List<LandingFile> twice = new ArrayList<>(files);
    twice.add(new LandingFile(files.get(0).path(), "again.csv", files.get(0).length()));
    List<GenericRecord> once = read(SPEC.with(BY_KEY, "deduplicate: none"), "once");
    List<GenericRecord> all = clean(clustered("deduplicate: none"), twice, "all");
    assertTrue(all.size() > once.size());
    assertEquals(texts(once).stream().distinct().toList(), texts(all).stream().distinct().toList());
  }

  @Test
  void shouldTellARecordWithoutEntityFromOneWhoseEntityIsEmpty() throws Exception {
    SpecText spec = clustered(BY_KEY).with("nulls: [\"\", n/a]", "nulls: [n/a]");
    String line = "a,%s,2026-03-30 10:00,1.00,3,web\n";
    byte[] content =
        (HEADER + "\n" + line.formatted("n/a") + line.formatted("") + line.formatted(""))
            .getBytes(UTF_8);
    Path path = Files.write(folder.resolve("landing/empty.csv"), content);
    List<GenericRecord> records =
        clean(
            spec,
            List.of(new LandingFile(path.toUri().toString(), "empty.csv", content.length)),
            "empty");
    List<String> regions =
        new ArrayList<>(records.stream().map(record -> "" + record.get("region")).toList());
    Collections.sort(regions);
    assertEquals(List.of("", "null"), regions);
  }
}
