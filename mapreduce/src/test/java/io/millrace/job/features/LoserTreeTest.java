package io.millrace.job.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.SortedRecords;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoserTreeTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Partial").fields().requiredLong("id").requiredInt("input").endRecord();

  private static final Comparator<Long> BY_HASH =
      Comparator.comparing(LoserTreeTest::hash, Long::compareUnsigned);

  @TempDir java.nio.file.Path folder;

  private static long hash(long id) {
    ByteBuilder bytes = new ByteBuilder().putVarint(id);
    return XxHash64.hash(bytes.array(), 0, bytes.length());
  }

  private static GenericRecord record(long id, int input) {
    return new GenericRecordBuilder(SCHEMA).set("id", id).set("input", input).build();
  }

  /** An input of random entities, some of them twice; every third input has none. */
  private static List<Long> ids(int input, Random random) {
    List<Long> ids = new ArrayList<>();
    for (int i = input % 3 == 2 ? 0 : random.nextInt(60); i > 0; i--) {
      ids.add((long) random.nextInt(80));
    }
    ids.sort(BY_HASH);
    return ids;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 31, 33})
  void shouldPutTheRecordsOfAllInputsInOrder(int count) throws IOException {
    LocalRunner runner = new LocalRunner(folder);
    Random random = new Random(count);
    List<Long> expected = new ArrayList<>();
    List<SortedRecords> inputs = new ArrayList<>();
    for (int input = 0; input < count; input++) {
      int number = input;
      List<Long> ids = ids(input, random);
      expected.addAll(ids);
      runner.write(
          input + ".avro", SCHEMA, 50, ids.stream().map(id -> record(id, number)).toList());
      inputs.add(
          new SortedRecords(
              new BucketFiles(folder.toUri().toString(), List.of(input + ".avro"), List.of(1L)),
              0,
              1,
              SCHEMA.getFields(),
              1,
              runner.configuration()));
    }
    expected.sort(BY_HASH);

    LoserTree tree = new LoserTree(inputs);
    List<Long> merged = new ArrayList<>();
    int open = tree.open();
    while (tree.hasRecord()) {
      SortedRecords least = tree.least();
      merged.add(
          new ByteCursor().reset(least.array(), least.keyOffset(), least.keyLength()).readVarint());
      tree.next();
      assertTrue(tree.open() <= open);
      open = tree.open();
    }
    assertEquals(expected, merged);
    assertEquals(0, tree.open());
    assertFalse(tree.hasRecord());
  }
}
