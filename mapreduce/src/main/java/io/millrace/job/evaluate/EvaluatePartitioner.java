package io.millrace.job.evaluate;

import io.millrace.job.io.Slice;
import org.apache.hadoop.mapreduce.Partitioner;

/** Gives each part of each model a task of its own, where there are several. */
final class EvaluatePartitioner extends Partitioner<Slice, Slice> {
  /** For Hadoop. */
  EvaluatePartitioner() {}

  @Override
  public int getPartition(Slice key, Slice value, int tasks) {
    return tasks == 1 ? 0 : EvaluateKey.partition(key.array(), key.offset());
  }
}
