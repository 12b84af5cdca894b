package io.millrace.job.shuffle;

import io.millrace.sort.Bytes;
import io.millrace.sort.RecordBuffer;
import io.millrace.sort.RecordView;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** Writes sorted records to disk, a file each time that memory is full. */
final class Spills<K extends Bytes, V extends Bytes> {
  private static final int UNLIMITED = -1;

  /** So many records are written between two signs of life. */
  private static final int SILENT_RECORDS = 1 << 14;

  private static final int APPROACHED_RECORDS = 64;

  private final MapOutput<K, V> output;
  private final PartitionedFile writer;
  private final Optional<Combiner<K, V>> combiner;
  private final SpillIndexes indexes;
  private final int mostSpills;

  Spills(MapOutput<K, V> output, PartitionedFile writer, Optional<Combiner<K, V>> combiner) {
    this.output = output;
    this.writer = writer;
    this.combiner = combiner;
    indexes = new SpillIndexes(output);
    mostSpills = output.job().getInt(MRJobConfig.SPILL_FILES_COUNT_LIMIT, UNLIMITED);
  }

  /** Where the partitions of each spill lie. */
  SpillIndexes indexes() {
    return indexes;
  }

  /** Writes the sorted records of a buffer. */
  void write(RecordBuffer sorted) throws IOException, InterruptedException {
    write(new BufferContent(sorted), sorted.allocatedBytes());
  }

  /** Writes one record that is too large for the buffer; a combiner would not make it smaller. */
  void writeAlone(K key, V value, int partition) throws IOException, InterruptedException {
    write(
        (segment, asked) -> {
          if (asked == partition) {
            segment.append(
                key.array(),
                key.offset(),
                key.length(),
                value.array(),
                value.offset(),
                value.length());
          }
        },
        (long) key.length() + value.length());
  }

  private void write(PartitionedFile.Content content, long bytes)
      throws IOException, InterruptedException {
    int number = indexes.size();
    if (mostSpills != UNLIMITED && number >= mostSpills) {
      throw new IOException(
          "Cannot write map output to disk more than %d times, as %s has it: set a larger %s"
              .formatted(mostSpills, MRJobConfig.SPILL_FILES_COUNT_LIMIT, MRJobConfig.IO_SORT_MB));
    }
    Path file = output.files().getSpillFileForWrite(number, bytes);
    indexes.add(writer.write(file, content));
  }

  /** The records of a buffer, partition after partition. */
  private final class BufferContent implements PartitionedFile.Content {
    private final RecordBuffer sorted;
    private final RecordView view = new RecordView();
    private int next;

    BufferContent(RecordBuffer sorted) {
      this.sorted = sorted;
    }

    @Override
    public void writeTo(SegmentWriter segment, int partition)
        throws IOException, InterruptedException {
      int start = next;
      while (next < sorted.size() && sorted.partition(next) == partition) {
        next++;
      }
      if (start == next) {
        return;
      }
      if (combiner.isPresent()) {
        combiner.get().combine(new BufferedRecords(sorted, start, next), segment);
      } else {
        copy(start, next, segment);
      }
    }

    private void copy(int start, int end, SegmentWriter segment) throws IOException {
      for (int i = start; i < end; i++) {
        if ((i - start) % APPROACHED_RECORDS == 0) {
          sorted.approach(i, Math.min(end, i + APPROACHED_RECORDS));
        }
        sorted.view(i, view);
        segment.append(view.array(), view.offset(), view.length());
        if (i % SILENT_RECORDS == 0) {
          output.reporter().progress();
        }
      }
    }
  }
}
