package io.millrace.job.shuffle;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.RawComparator;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapOutputFile;
import org.apache.hadoop.mapred.Task.TaskReporter;
import org.apache.hadoop.mapred.TaskAttemptID;
import org.apache.hadoop.util.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What a map's output is made of, and where it goes.
 *
 * @param attempt the map's
 * @param disk the local file system, without files of checksums
 * @param files where the map's files lie
 * @param codec null where the output is not compressed
 * @param sortPhase how far the sorting of the task is, null where nobody asks
 */
record MapOutput<K, V>(
    JobConf job,
    TaskAttemptID attempt,
    int partitions,
    Class<K> keyClass,
    Class<V> valueClass,
    RawComparator<K> comparator,
    @Nullable CompressionCodec codec,
    FileSystem disk,
    MapOutputFile files,
    TaskReporter reporter,
    @Nullable Progress sortPhase) {}
