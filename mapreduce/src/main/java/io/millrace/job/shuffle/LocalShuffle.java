package io.millrace.job.shuffle;

import io.millrace.sort.SegmentWindow;
import io.millrace.sort.SortedMerge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
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
 * Brings a reduce what maps of the same process have left for it: merges it from their files, a
 * window of each at a time. What comes from other processes, is encrypted or has another order than
 * that of unsigned bytes, and more files than may be open at once or than {@code
 * mapreduce.reduce.shuffle.input.buffer.percent} of the heap has windows for, are left to Hadoop's
 * own shuffle.
 */
public final class LocalShuffle<K, V> implements ShuffleConsumerPlugin<K, V> {
  private static final String INDEX = ".index";

  /** All windows of a merge of some dozens of maps stay in the cache of a core. */
  private static final int WINDOW_BYTES = 32 << 10;

  private static final int LEAST_WINDOW_BYTES = 4 << 10;

  /** Of one reduce; a process may often have no more than a thousand. */
  private static final int MOST_OPEN_FILES = 200;

  private final List<SegmentWindow> windows = new ArrayList<>();
  private Context<K, V> context;
  private @Nullable Shuffle<K, V> hadoops;

  /** Makes the reduces of a job in this process use it, where {@link MapSort} has its way. */
  public static void applyTo(Configuration job) {
    String said = job.get(MRConfig.SHUFFLE_CONSUMER_PLUGIN, Shuffle.class.getName());
    if (MapSort.of(job) == MapSort.RADIX && said.equals(Shuffle.class.getName())) {
      job.setClass(
          MRConfig.SHUFFLE_CONSUMER_PLUGIN, LocalShuffle.class, ShuffleConsumerPlugin.class);
    }
  }

  @Override
  public void init(Context<K, V> newContext) {
    context = newContext;
  }

  @Override
  public RawKeyValueIterator run() throws IOException, InterruptedException {
    if (!canMerge()) {
      return byHadoop();
    }
    List<MapSegment> segments = segments();
    int window = (int) Math.min(WINDOW_BYTES, mostBytes() / Math.max(1, segments.size()));
    long open = segments.stream().filter(segment -> segment.bytes() >= window).count();
    if (window < LEAST_WINDOW_BYTES || open > MOST_OPEN_FILES) {
      return byHadoop();
    }
    long bytes = 0;
    for (MapSegment segment : segments) {
      // one byte more than a small one has: the first look finds its end, and closes it
      int size = (int) Math.min(window, segment.bytes() + 1);
      windows.add(new SegmentWindow(segment.open(context.getJobConf(), context.getCodec()), size));
      bytes += segment.bytes();
      context.getShuffledMapsCounter().increment(1);
      context.getReduceShuffleBytes().increment(segment.storedBytes());
    }
    context.getCopyPhase().complete();
    context.getStatus().setPhase(TaskStatus.Phase.SORT);
    context.getReduceTask().statusUpdate(context.getUmbilical());
    context.getMergedMapOutputsCounter().increment(segments.size());
    return new MergedRecords(new SortedMerge(windows), bytes);
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
  private List<MapSegment> segments() throws IOException {
    int partition = context.getReduceId().getTaskID().getId();
    List<MapSegment> segments = new ArrayList<>();
    Map<TaskAttemptID, MapOutputFile> maps = new TreeMap<>(context.getLocalMapFiles());
    for (MapOutputFile map : maps.values()) {
      Path file = map.getOutputFile();
      segments.add(
          new MapSegment(
              file, new SpillRecord(file.suffix(INDEX), context.getJobConf()).getIndex(partition)));
    }
    return segments;
  }

  @Override
  public void close() {
    if (hadoops != null) {
      hadoops.close();
    }
    windows.forEach(IOUtils::closeStream);
  }
}
