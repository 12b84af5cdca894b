package io.millrace.job.train.statistics;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.prepare.StatisticsPlan;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;

/** Merges the statistics of all splits. */
public final class StatisticsReducer extends Reducer<Slice, Slice, Text, Slice> {
  @Override
  protected void reduce(Slice key, Iterable<Slice> states, Context context)
      throws IOException, InterruptedException {
    TableStatistics all =
        new TableStatistics(JobSettings.get(context.getConfiguration(), StatisticsPlan.class));
    ByteCursor cursor = new ByteCursor();
    for (Slice state : states) {
      all.merge(cursor.reset(state.array(), state.offset(), state.length()));
    }
    ByteBuilder merged = new ByteBuilder();
    all.write(merged);
    ByteBuilder record = new ByteBuilder(merged.length() + 10);
    record.putSlice(merged.array(), 0, merged.length());
    context.write(
        new Text(StatisticsJob.DATA_SET), new Slice().set(record.array(), 0, record.length()));
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context));
  }
}
