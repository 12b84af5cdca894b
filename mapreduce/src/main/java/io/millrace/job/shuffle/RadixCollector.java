package io.millrace.job.shuffle;

import io.millrace.sort.Bytes;
import io.millrace.sort.RecordBuffer;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.RawComparator;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.mapred.Counters;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapOutputCollector;
import org.apache.hadoop.mapred.MapTask;
import org.apache.hadoop.mapred.Task.TaskReporter;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * Collects what a map sends, sorts it by radix and writes it where reduces fetch it. It takes no
 * more memory than {@code mapreduce.task.io.sort.mb} times {@code
 * mapreduce.map.sort.spill.percent}, and that only as records come. It sorts and spills in the
 * map's own thread: the others have maps of their own.
 */
public final class RadixCollector<K extends Bytes, V extends Bytes>
    implements MapOutputCollector<K, V> {
  private static final int DEFAULT_SORT_MIB = 100;
  private static final float DEFAULT_SPILL_SHARE = 0.8f;
  private static final int MIB_BITS = 20;

  /** So many records are collected between two signs of life. */
  private static final int SILENT_RECORDS = 256;

  private Class<?> keyClass = Bytes.class;
  private Class<?> valueClass = Bytes.class;
  private int partitions;
  private TaskReporter reporter;
  private RecordBuffer buffer;
  private Spills<K, V> spills;
  private ServedFile<K, V> served;
  private Counters.Counter recordCounter;
  private Counters.Counter byteCounter;
  private Counters.Counter fileCounter;
  private int uncounted;
  private long uncountedBytes;

  @Override
  public void init(Context context) throws IOException, ClassNotFoundException {
    JobConf job = context.getJobConf();
    MapOutput<K, V> output = output(context.getMapTask(), job, context.getReporter());
    keyClass = output.keyClass();
    valueClass = output.valueClass();
    partitions = output.partitions();
    reporter = output.reporter();
    recordCounter = reporter.getCounter(TaskCounter.MAP_OUTPUT_RECORDS);
    byteCounter = reporter.getCounter(TaskCounter.MAP_OUTPUT_BYTES);
    fileCounter = reporter.getCounter(TaskCounter.MAP_OUTPUT_MATERIALIZED_BYTES);
    buffer = new RecordBuffer(partitions, bufferBytes(job));
    PartitionedFile writer = new PartitionedFile(output);
    Optional<Combiner<K, V>> combiner = Combiner.of(output);
    spills = new Spills<>(output, writer, combiner);
    served = new ServedFile<>(output, writer, combiner, spills.indexes());
  }

  @SuppressWarnings("unchecked")
  private MapOutput<K, V> output(MapTask task, JobConf job, TaskReporter taskReporter)
      throws IOException {
    RawComparator<K> comparator = job.getOutputKeyComparator();
    if (isEncrypted(job)
        || !(comparator instanceof UnsignedByteOrder)
        || !Bytes.class.isAssignableFrom(job.getMapOutputKeyClass())
        || !Bytes.class.isAssignableFrom(job.getMapOutputValueClass())) {
      throw new IOException(
          ("Cannot sort map output by radix: expected keys and values that are bytes, in the order of"
                  + " unsigned bytes, and %s=false; found %s and %s, ordered by %s, and %s. Hadoop's"
                  + " own collector takes over")
              .formatted(
                  MRJobConfig.MR_ENCRYPTED_INTERMEDIATE_DATA,
                  job.getMapOutputKeyClass().getName(),
                  job.getMapOutputValueClass().getName(),
                  comparator.getClass().getName(),
                  isEncrypted(job)));
    }
    CompressionCodec codec =
        job.getCompressMapOutput()
            ? ReflectionUtils.newInstance(job.getMapOutputCompressorClass(DefaultCodec.class), job)
            : null;
    return new MapOutput<>(
        job,
        task.getTaskID(),
        job.getNumReduceTasks(),
        (Class<K>) job.getMapOutputKeyClass(),
        (Class<V>) job.getMapOutputValueClass(),
        comparator,
        codec,
        FileSystem.getLocal(job).getRaw(),
        task.getMapOutputFile(),
        taskReporter,
        task.getSortPhase());
  }

  private static long bufferBytes(JobConf job) {
    long sortMib = job.getLong(MRJobConfig.IO_SORT_MB, DEFAULT_SORT_MIB);
    float share = job.getFloat(MRJobConfig.MAP_SORT_SPILL_PERCENT, DEFAULT_SPILL_SHARE);
    if (sortMib < 1 || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Cannot sort map output in %s=%d times %s=%s: expected at least 1, and more than 0, at most 1"
              .formatted(
                  MRJobConfig.IO_SORT_MB, sortMib, MRJobConfig.MAP_SORT_SPILL_PERCENT, share));
    }
    return (long) ((sortMib << MIB_BITS) * (double) share);
  }

  @Override
  public void collect(K key, V value, int partition) throws IOException, InterruptedException {
    if (key.getClass() != keyClass || value.getClass() != valueClass) {
      throw new IOException(
          "Cannot collect a record of %s and %s: the job says %s and %s"
              .formatted(
                  key.getClass().getName(),
                  value.getClass().getName(),
                  keyClass.getName(),
                  valueClass.getName()));
    }
    if (partition < 0 || partition >= partitions) {
      throw new IOException(
          "Cannot collect a record for partition %d: expected 0 to %d, found for key %s"
              .formatted(partition, partitions - 1, key));
    }
    if (!buffer.add(partition, key, value)) {
      spill();
      if (!buffer.add(partition, key, value)) {
        spills.writeAlone(key, value, partition);
      }
    }
    uncountedBytes += (long) key.length() + value.length();
    if (++uncounted == SILENT_RECORDS) {
      count();
    }
  }

  private void count() {
    recordCounter.increment(uncounted);
    byteCounter.increment(uncountedBytes);
    uncounted = 0;
    uncountedBytes = 0;
    reporter.progress();
  }

  private void spill() throws IOException, InterruptedException {
    if (buffer.size() > 0) {
      buffer.sort();
      spills.write(buffer);
      buffer.clear();
    }
  }

  @Override
  public void flush() throws IOException, InterruptedException {
    count();
    spill();
    if (spills.indexes().size() == 0) {
      // a file of empty partitions: reduces ask for theirs
      spills.write(buffer);
    }
    // merging has memory of its own
    buffer = null;
    fileCounter.increment(served.make());
  }

  @Override
  public void close() {
    buffer = null;
  }

  /**
   * Whether the configuration of a job asks for encrypted files, which this collector cannot write.
   */
  static boolean isEncrypted(Configuration job) {
    return job.getBoolean(
        MRJobConfig.MR_ENCRYPTED_INTERMEDIATE_DATA,
        MRJobConfig.DEFAULT_MR_ENCRYPTED_INTERMEDIATE_DATA);
  }
}
