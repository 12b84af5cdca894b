package io.millrace.job.shuffle;

import io.millrace.sort.SortedMerge;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.mapred.IFileInputStream;
import org.apache.hadoop.mapred.IndexRecord;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapOutputFile;
import org.apache.hadoop.mapred.RawKeyValueIterator;
import org.apache.hadoop.mapred.ShuffleConsumerPlugin;
import org.apache.hadoop.mapred.SpillRecord;
import org.apache.hadoop.mapred.TaskAttemptID;
import org.apache.hadoop.mapred.TaskStatus;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.task.reduce.Shuffle;
import org.jspecify.annotations.Nullable;

/**
 * Brings a reduce what maps of the same process have left for it: reads all of it into the heap and
 * merges it there. Where it takes more than {@code mapreduce.reduce.shuffle.input.buffer.percent}
 * of the heap, comes from other processes or has another order than that of unsigned bytes,
 * Hadoop's own shuffle does it.
 */
public final class HeapShuffle<K, V> implements ShuffleConsumerPlugin<K, V> {
  private static final String INDEX = ".index";
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - Long.BYTES;

  private Context<K, V> context;
  private @Nullable Shuffle<K, V> hadoops;

  /** Makes the reduces of a job in this process use it, where {@link MapSort} has its way. */
  public static void applyTo(Configuration job) {
    String said = job.get(MRConfig.SHUFFLE_CONSUMER_PLUGIN, Shuffle.class.getName());
    if (MapSort.of(job) == MapSort.RADIX && said.equals(Shuffle.class.getName())) {
      job.setClass(
          MRConfig.SHUFFLE_CONSUMER_PLUGIN, HeapShuffle.class, ShuffleConsumerPlugin.class);
    }
  }

  @Override
  public void init(Context<K, V> newContext) {
    context = newContext;
  }

  /** What a map has left for the reduce. */
  private record Part(Path file, IndexRecord place) {}

  @Override
  public RawKeyValueIterator run() throws IOException, InterruptedException {
    if (!canMerge()) {
      return byHadoop();
    }
    List<Part> parts = parts();
    long bytes = parts.stream().mapToLong(part -> part.place().rawLength).sum();
    long longest = parts.stream().mapToLong(part -> part.place().rawLength).max().orElse(0);
    if (bytes > mostBytes() || longest > LONGEST_ARRAY) {
      return byHadoop();
    }
    List<byte[]> segments = new ArrayList<>();
    for (Part part : parts) {
      segments.add(read(part));
      context.getShuffledMapsCounter().increment(1);
      context.getReduceShuffleBytes().increment(part.place().partLength);
      context.getReporter().progress();
    }
    context.getCopyPhase().complete();
    context.getStatus().setPhase(TaskStatus.Phase.SORT);
    context.getReduceTask().statusUpdate(context.getUmbilical());
    context.getMergedMapOutputsCounter().increment(parts.size());
    return new MergedRecords(new SortedMerge(segments), bytes);
  }

  private boolean canMerge() {
    JobConf job = context.getJobConf();
    return context.getLocalMapFiles() != null
        && job.getOutputKeyComparator() instanceof UnsignedByteOrder
        && !RadixCollector.isEncrypted(job);
  }

  private RawKeyValueIterator byHadoop() throws IOException, InterruptedException {
    hadoops = new Shuffle<>();
    hadoops.init(context);
    return hadoops.run();
  }

  private long mostBytes() {
    JobConf job = context.getJobConf();
    long heap =
        job.getLong(MRJobConfig.REDUCE_MEMORY_TOTAL_BYTES, Runtime.getRuntime().maxMemory());
    double share =
        job.getDouble(
            MRJobConfig.SHUFFLE_INPUT_BUFFER_PERCENT,
            MRJobConfig.DEFAULT_SHUFFLE_INPUT_BUFFER_PERCENT);
    return (long) (heap * share);
  }

  /** In the order of the maps. */
  private List<Part> parts() throws IOException {
    int partition = context.getReduceId().getTaskID().getId();
    List<Part> parts = new ArrayList<>();
    Map<TaskAttemptID, MapOutputFile> maps = new TreeMap<>(context.getLocalMapFiles());
    for (MapOutputFile map : maps.values()) {
      Path file = map.getOutputFile();
      IndexRecord place =
          new SpillRecord(file.suffix(INDEX), context.getJobConf()).getIndex(partition);
      parts.add(new Part(file, place));
    }
    return parts;
  }

  private byte[] read(Part part) throws IOException {
    JobConf job = context.getJobConf();
    byte[] records = new byte[Math.toIntExact(part.place().rawLength)];
    FileSystem disk = FileSystem.getLocal(job).getRaw();
    CompressionCodec codec = context.getCodec();
    Decompressor decompressor = codec == null ? null : CodecPool.getDecompressor(codec);
    try (FSDataInputStream file = disk.open(part.file())) {
      file.seek(part.place().startOffset);
      InputStream checked = new IFileInputStream(file, part.place().partLength, job);
      InputStream in = codec == null ? checked : codec.createInputStream(checked, decompressor);
      IOUtils.readFully(in, records, 0, records.length);
      // reads, and compares, the checksum that a codec has not asked for yet
      if (in.read() >= 0) {
        throw new EOFException("it is longer than its index says, " + records.length + " bytes");
      }
    } catch (IOException e) {
      throw new IOException(
          "Cannot read map output %s from %d: %s"
              .formatted(part.file(), part.place().startOffset, e.getMessage()),
          e);
    } finally {
      CodecPool.returnDecompressor(decompressor);
    }
    return records;
  }

  @Override
  public void close() {
    if (hadoops != null) {
      hadoops.close();
    }
  }
}
