package io.millrace.job.shuffle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.MapTask;
import org.apache.hadoop.mapred.SpillRecord;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** Where the partitions lie in each spill: in memory, and on disk beyond a limit. */
final class SpillIndexes {
  private static final int DEFAULT_LIMIT = 1 << 20;

  private final MapOutput<?, ?> output;
  private final int limit;
  private final List<SpillRecord> inMemory = new ArrayList<>();
  private int size;

  SpillIndexes(MapOutput<?, ?> output) {
    this.output = output;
    limit = output.job().getInt(MRJobConfig.INDEX_CACHE_MEMORY_LIMIT, DEFAULT_LIMIT);
  }

  /** What the index of a file takes. */
  long bytesOfOne() {
    return (long) output.partitions() * MapTask.MAP_OUTPUT_INDEX_RECORD_LENGTH;
  }

  /** How many spills there are. */
  int size() {
    return size;
  }

  void add(SpillRecord index) throws IOException {
    if (inMemory.size() == size && size * bytesOfOne() < limit) {
      inMemory.add(index);
    } else {
      Path file = output.files().getSpillIndexFileForWrite(size, bytesOfOne());
      index.writeToFile(file, output.job());
    }
    size++;
  }

  SpillRecord get(int spill) throws IOException {
    return spill < inMemory.size()
        ? inMemory.get(spill)
        : new SpillRecord(output.files().getSpillIndexFile(spill), output.job());
  }

  /** All of them, in the order of the spills. */
  List<SpillRecord> all() throws IOException {
    List<SpillRecord> all = new ArrayList<>(size);
    for (int spill = 0; spill < size; spill++) {
      all.add(get(spill));
    }
    return all;
  }

  /** Deletes what is on disk. */
  void delete() throws IOException {
    for (int spill = inMemory.size(); spill < size; spill++) {
      output.disk().delete(output.files().getSpillIndexFile(spill), false);
    }
  }
}
