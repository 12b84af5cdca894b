package io.millrace.job.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class CleanPartitionerTest {
  private final CleanPartitioner partitioner = new CleanPartitioner();
  private final CleanKey key = new CleanKey();

  private int partition(Slice slice, int rowPartitions, int partitions) {
    Configuration configuration = new Configuration(false);
    configuration.setInt(CleanPartitioner.ROW_PARTITIONS, rowPartitions);
    partitioner.setConf(configuration);
    return partitioner.getPartition(slice, new Slice(), partitions);
  }

  private Slice row(String body) {
    key.beginRow().putBytes(Slice.of(body).toByteArray());
    return key.endRow();
  }

  @Test
  void shouldSendRowsToTheFirstPartitionsAndTheRestBehindThem() {
    Set<Integer> ofRows = new TreeSet<>();
    Set<Integer> ofQuarantine = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      ofRows.add(partition(row("row " + i), 4, 6));
      ofQuarantine.add(partition(key.quarantined("part-" + i + ".csv", 17), 4, 6));
    }
    assertEquals(Set.of(0, 1, 2, 3), ofRows);
    assertEquals(Set.of(4, 5), ofQuarantine);
    assertEquals(0, partition(row("x"), 1, 2));
    assertEquals(1, partition(key.quarantined("x", 1), 1, 2));
  }

  @Test
  void shouldKeepTheBodyOfARow() {
    Slice body = CleanKey.body(row("the body"), 0, new Slice());
    assertEquals(Slice.of("the body"), body);
  }

  @Test
  void shouldTellRowsFromQuarantinedRecords() {
    assertTrue(CleanKey.isRow(row("")));
    assertTrue(CleanKey.isRow(row("ends in 1\u0001")));
    assertFalse(CleanKey.isRow(key.quarantined("part.csv", 0)));
  }

  @Test
  void shouldSortTheQuarantinedRecordsOfAFileByOffset() {
    List<Slice> keys = new ArrayList<>();
    for (long offset : new long[] {0, 1, 127, 128, 255, 256, 1L << 31, 1L << 40}) {
      keys.add(new Slice(key.quarantined("part.csv", offset).toByteArray()));
    }
    assertEquals(keys.stream().sorted().toList(), keys);
  }
}
