package io.millrace.job.clean;

import io.millrace.job.io.BucketPartitioner;
import io.millrace.job.io.Slice;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Partitioner;

/** Rows go to the first partitions, quarantined records to those behind them. */
public final class CleanPartitioner extends Partitioner<Slice, Slice> implements Configurable {
  /** Configuration key: how many of the partitions are for rows, a power of two. */
  static final String ROW_PARTITIONS = "millrace.clean.row-partitions";

  private final BucketPartitioner buckets = new BucketPartitioner();
  private Configuration configuration = new Configuration(false);
  private int rowPartitions = 1;

  @Override
  public int getPartition(Slice key, Slice value, int partitions) {
    return CleanKey.isRow(key)
        ? buckets.getPartition(key, value, rowPartitions)
        : rowPartitions + buckets.getPartition(key, value, partitions - rowPartitions);
  }

  @Override
  public void setConf(Configuration newConfiguration) {
    configuration = newConfiguration;
    rowPartitions = newConfiguration.getInt(ROW_PARTITIONS, 1);
  }

  @Override
  public Configuration getConf() {
    return configuration;
  }
}
