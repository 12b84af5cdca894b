package io.millrace.job.shuffle;

import io.millrace.sort.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.mapred.IndexRecord;
import org.apache.hadoop.mapred.Merger;
import org.apache.hadoop.mapred.RawKeyValueIterator;
import org.apache.hadoop.mapred.SpillRecord;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.util.Progress;

/** Makes of a map's spills the one file, and its index, that reduces fetch their partition from. */
final class ServedFile<K extends Bytes, V extends Bytes> {
  private static final int DEFAULT_FACTOR = 100;
  private static final int DEFAULT_SPILLS_TO_COMBINE = 3;
  private static final long DEFAULT_SILENT_RECORDS = 10_000;

  /** A segment of the file takes at least so much: marks of the end, and a checksum. */
  private static final long BYTES_OF_EMPTY_SEGMENT = 6;

  /** The process that serves the file may be in the group of the user only. */
  private static final FsPermission SERVED = new FsPermission((short) 0640);

  private final MapOutput<K, V> output;
  private final PartitionedFile writer;
  private final Optional<Combiner<K, V>> combiner;
  private final SpillIndexes indexes;

  ServedFile(
      MapOutput<K, V> output,
      PartitionedFile writer,
      Optional<Combiner<K, V>> combiner,
      SpillIndexes indexes) {
    this.output = output;
    this.writer = writer;
    this.combiner = combiner;
    this.indexes = indexes;
  }

  /** Makes the file of at least one spill, and returns how long it is. */
  long make() throws IOException, InterruptedException {
    if (indexes.size() == 1) {
      rename();
    } else {
      merge();
    }
    Path file = output.files().getOutputFile();
    if (!SERVED.equals(SERVED.applyUMask(FsPermission.getUMask(output.job())))) {
      output.disk().setPermission(file, SERVED);
      output.disk().setPermission(output.files().getOutputIndexFile(), SERVED);
    }
    return output.disk().getFileStatus(file).getLen();
  }

  private void rename() throws IOException {
    Path spill = output.files().getSpillFile(0);
    Path file = output.files().getOutputFileForWriteInVolume(spill);
    if (!output.disk().mkdirs(file.getParent()) || !output.disk().rename(spill, file)) {
      throw new IOException("Cannot rename map output %s to %s".formatted(spill, file));
    }
    SpillRecord index = indexes.get(0);
    indexes.delete();
    index.writeToFile(output.files().getOutputIndexFileForWriteInVolume(spill), output.job());
    if (output.sortPhase() != null) {
      output.sortPhase().complete();
    }
  }

  private void merge() throws IOException, InterruptedException {
    List<Path> spills = new ArrayList<>();
    long bytes = output.partitions() * BYTES_OF_EMPTY_SEGMENT;
    for (int spill = 0; spill < indexes.size(); spill++) {
      Path file = output.files().getSpillFile(spill);
      spills.add(file);
      bytes += output.disk().getFileStatus(file).getLen();
    }
    Path file = output.files().getOutputFileForWrite(bytes);
    Path indexFile = output.files().getOutputIndexFileForWrite(indexes.bytesOfOne());
    if (output.sortPhase() != null) {
      output.sortPhase().addPhases(output.partitions());
    }
    List<SpillRecord> places = indexes.all();
    SpillRecord index =
        writer.write(
            file, (segment, partition) -> mergePartition(spills, places, partition, segment));
    index.writeToFile(indexFile, output.job());
    for (Path spill : spills) {
      output.disk().delete(spill, false);
    }
    indexes.delete();
  }

  private void mergePartition(
      List<Path> spills, List<SpillRecord> places, int partition, SegmentWriter target)
      throws IOException, InterruptedException {
    List<Merger.Segment<K, V>> segments = new ArrayList<>();
    for (int spill = 0; spill < spills.size(); spill++) {
      IndexRecord place = places.get(spill).getIndex(partition);
      segments.add(
          new Merger.Segment<>(
              output.job(),
              output.disk(),
              spills.get(spill),
              place.startOffset,
              place.partLength,
              output.codec(),
              true));
    }
    int factor = output.job().getInt(MRJobConfig.IO_SORT_FACTOR, DEFAULT_FACTOR);
    Progress phase = output.sortPhase();
    RawKeyValueIterator merged =
        Merger.merge(
            output.job(),
            output.disk(),
            output.keyClass(),
            output.valueClass(),
            output.codec(),
            segments,
            factor,
            new Path(output.attempt().toString()),
            output.comparator(),
            output.reporter(),
            segments.size() > factor,
            null,
            output.reporter().getCounter(TaskCounter.SPILLED_RECORDS),
            phase == null ? null : phase.phase(),
            TaskType.MAP);
    if (combiner.isPresent() && spills.size() >= spillsToCombine()) {
      combiner.get().combine(merged, target);
    } else {
      copy(merged, target);
    }
    if (phase != null) {
      phase.startNextPhase();
    }
  }

  private int spillsToCombine() {
    return output.job().getInt(MRJobConfig.MAP_COMBINE_MIN_SPILLS, DEFAULT_SPILLS_TO_COMBINE);
  }

  private void copy(RawKeyValueIterator merged, SegmentWriter target) throws IOException {
    long silent = output.job().getLong(MRJobConfig.RECORDS_BEFORE_PROGRESS, DEFAULT_SILENT_RECORDS);
    while (merged.next()) {
      DataInputBuffer key = merged.getKey();
      DataInputBuffer value = merged.getValue();
      target.append(
          key.getData(),
          key.getPosition(),
          key.getLength() - key.getPosition(),
          value.getData(),
          value.getPosition(),
          value.getLength() - value.getPosition());
      if (target.records() % silent == 0) {
        output.reporter().progress();
      }
    }
  }
}
