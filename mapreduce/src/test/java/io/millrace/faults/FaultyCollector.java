package io.millrace.faults;

import java.io.IOException;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapTask;

/** Output of a map task that meets a fault when it has taken some records. */
public final class FaultyCollector<K, V> extends MapTask.MapOutputBuffer<K, V> {
  private static final int RECORDS_BEFORE = 50;

  private JobConf configuration = new JobConf(false);
  private int records;

  @Override
  public void init(Context context) throws IOException, ClassNotFoundException {
    configuration = context.getJobConf();
    super.init(context);
  }

  @Override
  public synchronized void collect(K key, V value, int partition) throws IOException {
    if (++records == RECORDS_BEFORE) {
      FirstAttempt.midway(configuration);
    }
    super.collect(key, value, partition);
  }
}
