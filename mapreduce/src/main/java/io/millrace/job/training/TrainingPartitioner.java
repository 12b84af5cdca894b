package io.millrace.job.training;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.row.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Partitioner;

/** Sends a mark to the task that reads the features of its snapshot and bucket. */
final class TrainingPartitioner extends Partitioner<Slice, Slice> implements Configurable {
  private Configuration configuration = new Configuration(false);
  private List<TrainingInput.Snapshot> snapshots = List.of();

  /** For Hadoop. */
  TrainingPartitioner() {}

  @Override
  public void setConf(Configuration newConfiguration) {
    configuration = newConfiguration;
    try {
      snapshots = JobSettings.get(configuration, TrainingInput.class).snapshots();
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
    TrainingInput.Snapshot snapshot =
        snapshots.get(TrainingKey.snapshot(key.array(), key.offset()));
    long hash = TrainingKey.hash(key.array(), key.offset());
    return snapshot.firstTask() + Buckets.of(hash, snapshot.buckets());
  }
}
