package io.millrace.job.clean;

import io.millrace.aggregate.PartialSettings;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.StateMemory;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.jspecify.annotations.Nullable;

/**
 * What is made of clean rows while they are written: the partials of the group whose entities' rows
 * come together, and the combined states of other groups. Not thread-safe.
 */
final class RowFolds {
  /** Rows are combined by blocks, group after group. */
  private static final int BLOCK_BYTES = 1 << 16;

  private final @Nullable PartialsFold partials;
  private final List<CombineFold> combined = new ArrayList<>();
  private final ByteBuilder block = new ByteBuilder();
  private long rows;

  RowFolds(TaskInputOutputContext<?, ?, Text, Slice> context) throws IOException {
    Configuration configuration = context.getConfiguration();
    partials =
        JobSettings.find(configuration, PartialSettings.class)
            .map(made -> new PartialsFold(made, context))
            .orElse(null);
    Optional<CombinedSettings> others = JobSettings.find(configuration, CombinedSettings.class);
    if (others.isPresent()) {
      List<CombinedSettings.Group> groups = others.get().groups();
      long tableBytes = StateMemory.ofReduce(configuration) / groups.size();
      groups.forEach(group -> combined.add(new CombineFold(group, tableBytes, context)));
    }
  }

  /** The rows that follow are of another entity. */
  void begin(KeyEntity entity) throws IOException, InterruptedException {
    if (partials != null) {
      partials.begin(entity);
    }
  }

  /** Adds a row of the entity, or one without any. */
  void add(Slice row) throws IOException, InterruptedException {
    if (partials != null) {
      partials.add(row);
    }
    if (!combined.isEmpty()) {
      block.putBytes(row.array(), row.offset(), row.length());
      rows++;
      if (block.length() >= BLOCK_BYTES) {
        combine();
      }
    }
  }

  private void combine() throws IOException, InterruptedException {
    for (CombineFold group : combined) {
      group.add(block.array(), 0, block.length(), rows);
    }
    block.clear();
    rows = 0;
  }

  /** Writes what is left, and counts. */
  void close() throws IOException, InterruptedException {
    if (partials != null) {
      partials.close();
    }
    combine();
    for (CombineFold group : combined) {
      group.close();
    }
  }
}
