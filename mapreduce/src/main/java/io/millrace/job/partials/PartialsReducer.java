package io.millrace.job.partials;

import io.millrace.aggregate.PartialMerge;
import io.millrace.aggregate.PartialSettings;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Reducer;

/** Merges the states of an entity and event day and writes them as a record. */
public final class PartialsReducer extends Reducer<Slice, Slice, Text, Slice> {
  private final Text dataSet = new Text(PartialsJob.DATA_SET);
  private final ByteBuilder bytes = new ByteBuilder();
  private final Slice record = new Slice();
  private PartialMerge merge;
  private Counter written;

  @Override
  protected void setup(Context context) throws IOException {
    merge =
        new PartialMerge(
            JobSettings.get(context.getConfiguration(), PartialSettings.class).states());
    written =
        context.getCounter(PartialsCounter.GROUP, PartialsCounter.STATES_WRITTEN.counterName());
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    merge.start();
    for (Slice value : values) {
      merge.add(value.array(), value.offset(), value.length());
    }
    merge.putRecord(key.array(), key.offset(), key.length(), bytes.clear());
    context.write(dataSet, record.set(bytes.array(), 0, bytes.length()));
    written.increment(1);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context));
  }
}
