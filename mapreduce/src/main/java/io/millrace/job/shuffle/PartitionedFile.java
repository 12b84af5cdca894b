package io.millrace.job.shuffle;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.Counters;
import org.apache.hadoop.mapred.SpillRecord;
import org.apache.hadoop.mapreduce.TaskCounter;

/** Writes files with all partitions of a map, one behind the other: spills, and what is served. */
final class PartitionedFile {
  private static final int BUFFER_BYTES = 128 << 10;

  private final MapOutput<?, ?> output;
  private final Counters.Counter spilled;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  PartitionedFile(MapOutput<?, ?> output) {
    this.output = output;
    spilled = output.reporter().getCounter(TaskCounter.SPILLED_RECORDS);
  }

  /** The records of a map, by partition. */
  interface Content {
    /** Writes the records of a partition; each partition is asked for once, in order. */
    void writeTo(SegmentWriter segment, int partition) throws IOException, InterruptedException;
  }

  /** Writes a file, and returns where its partitions lie. */
  SpillRecord write(Path file, Content content) throws IOException, InterruptedException {
    SpillRecord index = new SpillRecord(output.partitions());
    try (FSDataOutputStream out = output.disk().create(file)) {
      for (int partition = 0; partition < output.partitions(); partition++) {
        try (SegmentWriter segment = new SegmentWriter(out, buffer, output.codec())) {
          content.writeTo(segment, partition);
          index.putIndex(segment.finish(), partition);
          spilled.increment(segment.records());
        }
      }
    } catch (IOException e) {
      throw new IOException("Cannot write map output to %s: %s".formatted(file, e.getMessage()), e);
    }
    return index;
  }
}
