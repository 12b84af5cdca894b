package io.millrace.job.score;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.join.FeatureRows;
import io.millrace.join.FeatureTable;
import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import io.millrace.join.RowLookup;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Features that each task loads into memory, to look up those of its rows; plain data.
 *
 * @param features the files of each entity's groups, in the order of the join's settings
 */
public record FeatureLookup(
    JoinSettings join, NoFeatures noFeatures, List<List<Features>> features) {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureLookup.class);
  private static final int HEAP_SHARE = 2;
  private static final int MIB_BITS = 20;

  public FeatureLookup {
    features = features.stream().map(List::copyOf).toList();
  }

  /**
   * The features of a group.
   *
   * @param files paths with their file system; none where there is no history
   * @param records how many the files have together
   */
  public record Features(List<String> files, long records) {
    public Features {
      files = List.copyOf(files);
    }
  }

  /**
   * Loads the features.
   *
   * @param written the columns of the clean records to look up for
   */
  RowLookup open(RowType written, Configuration configuration) throws IOException {
    Memory memory = new Memory(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    List<List<FeatureTable>> tables = new ArrayList<>();
    for (int i = 0; i < join.entities().size(); i++) {
      JoinSettings.Entity entity = join.entities().get(i);
      List<FeatureTable> groups = new ArrayList<>();
      for (int group = 0; group < entity.groups().size(); group++) {
        groups.add(
            load(
                entity,
                entity.groups().get(group),
                features.get(i).get(group),
                memory,
                configuration));
      }
      tables.add(groups);
    }
    LOG.info("Features take {} MiB of memory", memory.used >> MIB_BITS);
    return new RowLookup(join, noFeatures, written, tables);
  }

  /** Adds up what tables take; too much of the heap is an error that says what to do. */
  static final class Memory {
    private final long limit;
    private long used;

    Memory(long limit) {
      this.limit = limit;
    }

    void grow(long bytes, String group) throws IOException {
      used += bytes;
      if (used > limit) {
        throw new IOException(
            "Cannot hold the features of %s in memory: they take more than %d MiB, half of the heap of this task; set a lower join.memory, or give map tasks more memory"
                .formatted(group, limit >> MIB_BITS));
      }
    }
  }

  private static FeatureTable load(
      JoinSettings.Entity entity,
      JoinSettings.Group group,
      Features features,
      Memory memory,
      Configuration configuration)
      throws IOException {
    memory.grow(FeatureTable.bytesOfSlots(features.records()), group.name());
    FeatureTable table = new FeatureTable(features.records());
    long known = table.bytes();
    RecordBlock block = new RecordBlock();
    for (String file : features.files()) {
      try (AvroRecordReader reader = AvroRecordReader.open(new Path(file), configuration)) {
        FeatureRows rows = new FeatureRows(entity, group, RowType.fromAvro(reader.schema()));
        while (reader.next(block)) {
          add(rows, block, table);
          memory.grow(table.bytes() - known, group.name());
          known = table.bytes();
        }
      }
    }
    return table;
  }

  private static void add(FeatureRows rows, RecordBlock block, FeatureTable table)
      throws IOException {
    long record = 1;
    try {
      rows.load(
          block.bytes().array(), block.bytes().offset(), block.bytes().length(), block.count());
      for (; rows.next(); record++) {
        ByteBuilder key = rows.key();
        table.add(key, rows.values(), XxHash64.hash(key.array(), 0, key.length()));
      }
    } catch (RuntimeException e) {
      throw new IOException("Cannot read " + RecordPlace.text(record, block), e);
    }
  }
}
