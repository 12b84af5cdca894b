package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Partitioner;

/** Sends features to the task that reads their row. */
final class RowPartitioner extends Partitioner<Slice, Slice> implements Configurable {
  private Configuration configuration = new Configuration(false);
  private long[] firstRows = {};

  /** For Hadoop. */
  RowPartitioner() {}

  @Override
  public void setConf(Configuration newConfiguration) {
    configuration = newConfiguration;
    try {
      firstRows =
          JobSettings.get(configuration, JoinInput.class).firstRows().stream()
              .mapToLong(Long::longValue)
              .toArray();
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
    return file(RowKey.row(key.array(), key.offset()), firstRows);
  }

  /** The last of the files whose first row is not behind a row: those before it may be empty. */
  static int file(long row, long[] firstRows) {
    int low = 0;
    int high = firstRows.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstRows[middle] <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
