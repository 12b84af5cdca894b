package io.millrace.job.io;

import io.millrace.row.Buckets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.hadoop.mapreduce.Partitioner;

/**
 * Sends a key that begins with its 64-bit hash, most significant byte first, to the bucket of that
 * hash.
 */
public final class BucketPartitioner extends Partitioner<Slice, Slice> {
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  @Override
  public int getPartition(Slice key, Slice value, int buckets) {
    return Buckets.of((long) BIG_LONG.get(key.array(), key.offset()), buckets);
  }
}
