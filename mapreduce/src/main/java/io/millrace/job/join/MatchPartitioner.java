package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.row.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Partitioner;

/** Sends an entity to the task that reads the features of its bucket. */
final class MatchPartitioner extends Partitioner<Slice, Slice> implements Configurable {
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Configuration configuration = new Configuration(false);
  private int[] firstTasks = {};
  private int[] buckets = {};

  /** For Hadoop. */
  MatchPartitioner() {}

  @Override
  public void setConf(Configuration newConfiguration) {
    configuration = newConfiguration;
    try {
      JoinInput input = JobSettings.get(configuration, JoinInput.class);
      firstTasks = input.firstTasks();
      buckets = input.features().stream().mapToInt(JoinInput.Features::buckets).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Configuration getConf() {
    return configuration;
  }

  @Override
  public int getPartition(Slice key, Slice value, int tasks) {
    int entity = MatchKey.entity(key.array(), key.offset());
    long hash = (long) BIG_LONG.get(key.array(), key.offset() + MatchKey.HASH_OFFSET);
    return firstTasks[entity] + Buckets.of(hash, buckets[entity]);
  }
}
