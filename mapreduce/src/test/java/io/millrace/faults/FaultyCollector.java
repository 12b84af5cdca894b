package io.millrace.faults;

import io.millrace.job.shuffle.RadixCollector;
import io.millrace.sort.Bytes;
import java.io.IOException;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapOutputCollector;

/** Output of a map task that meets a fault when it has taken some records. */
public final class FaultyCollector<K extends Bytes, V extends Bytes>
    implements MapOutputCollector<K, V> {
  private static final int RECORDS_BEFORE = 50;

  private final RadixCollector<K, V> sound = new RadixCollector<>();
  private JobConf configuration = new JobConf(false);
  private int records;

  @Override
  public void init(Context context) throws IOException, ClassNotFoundException {
    configuration = context.getJobConf();
    sound.init(context);
  }

  @Override
  public void collect(K key, V value, int partition) throws IOException, InterruptedException {
    if (++records == RECORDS_BEFORE) {
      FirstAttempt.midway(configuration);
    }
    sound.collect(key, value, partition);
  }

  @Override
  public void flush() throws IOException, InterruptedException, ClassNotFoundException {
    sound.flush();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    sound.close();
  }
}
