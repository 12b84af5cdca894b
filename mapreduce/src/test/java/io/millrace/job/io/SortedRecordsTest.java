package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.row.Buckets;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedRecordsTest {
  private static final Schema PARTIAL =
      SchemaBuilder.record("Partial")
          .fields()
          .requiredLong("id")
          .requiredInt("event_day")
          .requiredString("state")
          .endRecord();
  private static final int RECORDS = 15_000;

  /** In the order of their hashes. */
  private static final List<Long> IDS =
      LongStream.range(0, RECORDS)
          .boxed()
          .sorted(Comparator.comparing(SortedRecordsTest::hash, Long::compareUnsigned))
          .toList();

  @TempDir java.nio.file.Path folder;

  private static long hash(long id) {
    ByteBuilder bytes = new ByteBuilder().putVarint(id);
    return XxHash64.hash(bytes.array(), 0, bytes.length());
  }

  private static GenericRecord record(long id) {
    return new GenericRecordBuilder(PARTIAL)
        .set("id", id)
        .set("event_day", 20_000)
        .set("state", "state of " + id)
        .build();
  }

  private BucketFiles write(int buckets, int blockBytes, List<Long> ids) throws IOException {
    LocalRunner runner = new LocalRunner(folder);
    List<String> names = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      int number = bucket;
      String name = "part-r-%05d.avro".formatted(bucket);
      Path path =
          runner.write(
              name,
              PARTIAL,
              blockBytes,
              ids.stream()
                  .filter(id -> Buckets.of(hash(id), buckets) == number)
                  .map(SortedRecordsTest::record)
                  .toList());
      names.add(name);
      lengths.add(path.getFileSystem(runner.configuration()).getFileStatus(path).getLen());
    }
    return new BucketFiles(folder.toUri().toString(), names, lengths);
  }

  private List<Long> read(BucketFiles files, int bucket, int buckets) throws IOException {
    List<Long> ids = new ArrayList<>();
    ByteCursor cursor = new ByteCursor();
    try (SortedRecords records =
        new SortedRecords(
            files,
            bucket,
            buckets,
            PARTIAL.getFields(),
            1,
            new LocalRunner(folder).configuration())) {
      while (records.next()) {
        cursor.reset(records.array(), records.keyOffset(), records.keyLength());
        ids.add(cursor.readVarint());
        ByteCursor rest = records.rest();
        assertEquals(20_000, rest.readVarint());
        rest.advance(rest.readLength());
      }
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,8", "1,32", "2,8", "4,4", "8,2", "16,1"})
  void shouldReadEachRecordInItsBucket(int written, int read) throws IOException {
    BucketFiles files = write(written, 2_000, IDS);
    for (int bucket = 0; bucket < read; bucket++) {
      int number = bucket;
      assertEquals(
          IDS.stream().filter(id -> Buckets.of(hash(id), read) == number).toList(),
          read(files, bucket, read),
          "bucket " + bucket);
    }
  }

  @Test
  void shouldReadABucketOfAFileOfOneBlock() throws IOException {
    List<Long> ids = IDS.subList(0, 500);
    BucketFiles files = write(1, 1 << 20, ids);
    assertEquals(
        ids.stream().filter(id -> Buckets.of(hash(id), 256) == 2).toList(), read(files, 2, 256));
    assertEquals(List.of(), read(files, 255, 256));
  }

  /** Most of the records are in one bucket of 16, where nobody looks for them at first. */
  @ParameterizedTest
  @ValueSource(ints = {0, 7, 15})
  void shouldReadEachRecordWhereHashesAreNotSpreadEvenly(int crowded) throws IOException {
    List<Long> ids =
        LongStream.range(0, 40L * RECORDS)
            .boxed()
            .filter(id -> Buckets.of(hash(id), 16) == crowded || id % 100 == 0)
            .sorted(Comparator.comparing(SortedRecordsTest::hash, Long::compareUnsigned))
            .toList();
    BucketFiles files = write(1, 8_000, ids);
    assertTrue(files.lengths().get(0) > 300_000, "length: " + files.lengths());
    for (int bucket = 0; bucket < 16; bucket++) {
      int number = bucket;
      assertEquals(
          ids.stream().filter(id -> Buckets.of(hash(id), 16) == number).toList(),
          read(files, bucket, 16),
          "bucket " + bucket);
    }
  }

  @Test
  void shouldReadLittleMoreThanABucketOfALargeFile() throws IOException {
    List<Long> ids =
        LongStream.range(0, 20L * RECORDS)
            .boxed()
            .sorted(Comparator.comparing(SortedRecordsTest::hash, Long::compareUnsigned))
            .toList();
    // blocks are as large as partials have them
    BucketFiles files = write(1, 1 << 18, ids);
    long before = bytesRead();
    for (int bucket = 0; bucket < 8; bucket++) {
      read(files, bucket, 8);
    }
    double times = (bytesRead() - before) / (double) files.lengths().get(0);
    assertTrue(times < 2, "times: " + times + " of " + files.lengths());
  }

  private static long bytesRead() {
    return FileSystem.getGlobalStorageStatistics().get("file").getLong("bytesRead");
  }

  @Test
  void shouldReadNothingOfAFileWithoutRecords() throws IOException {
    BucketFiles files = write(1, 2_000, List.of());
    assertEquals(List.of(), read(files, 1, 2));
  }

  @Test
  void shouldNoticeRecordsOutOfOrder() throws IOException {
    BucketFiles files = write(1, 2_000, LongStream.range(0, 10).boxed().toList());
    IOException error = assertThrows(IOException.class, () -> read(files, 0, 1));
    assertEquals(
        "Cannot merge %s: its records are not sorted by the hash of their entity"
            .formatted(new Path(files.folder(), "part-r-00000.avro")),
        error.getMessage());
  }
}
