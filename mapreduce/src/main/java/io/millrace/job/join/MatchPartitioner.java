package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.row.Buckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Partitioner;

/** Sends an entity to the task that reads the features of its day and bucket. */
final class MatchPartitioner extends Partitioner<Slice, Slice> implements Configurable {
  private Configuration configuration = new Configuration(false);
  private List<JoinInput.Day> days = List.of();

  /** For Hadoop. */
  MatchPartitioner() {}

  @Override
  public void setConf(Configuration newConfiguration) {
    configuration = newConfiguration;
    try {
      days = JobSettings.get(configuration, JoinInput.class).days();
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
    JoinInput.Features features =
        days.get(MatchKey.day(key.array(), key.offset()))
            .features()
            .get(MatchKey.entity(key.array(), key.offset()));
    long hash = MatchKey.hash(key.array(), key.offset());
    return features.firstTask() + Buckets.of(hash, features.buckets());
  }
}
