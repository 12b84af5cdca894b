package io.millrace.job.training;

import io.millrace.job.io.ExampleCounter;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.ExampleSettings;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;

/** Makes the training rows of a task's snapshots and bucket; marks say which have the label 1. */
public final class TrainingReducer extends Reducer<Slice, Slice, Text, Slice> {
  private final Text dataSet = new Text(TrainingJob.TRAINING);
  private final Slice record = new Slice();
  private EntityExamples examples;

  @Override
  protected void setup(Context context) throws IOException {
    Configuration configuration = context.getConfiguration();
    examples =
        new EntityExamples(
            JobSettings.get(configuration, TrainingInput.class),
            JobSettings.get(configuration, ExampleSettings.class),
            context.getTaskAttemptID().getTaskID().getId(),
            configuration,
            row -> context.write(dataSet, record.set(row.array(), 0, row.length())));
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> marks, Context context)
      throws IOException, InterruptedException {
    int entity = key.offset() + TrainingKey.ENTITY_OFFSET;
    examples.mark(
        TrainingKey.snapshot(key.array(), key.offset()),
        TrainingKey.hash(key.array(), key.offset()),
        key.array(),
        entity,
        key.length() - TrainingKey.ENTITY_OFFSET);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> make(context), this::place);
  }

  private Optional<String> place() {
    return Optional.ofNullable(examples).flatMap(EntityExamples::place);
  }

  private void make(Context context) throws IOException, InterruptedException {
    setup(context);
    try {
      while (context.nextKey()) {
        reduce(context.getCurrentKey(), context.getValues(), context);
      }
      examples.finish(); // not in cleanup, which is also called after a failure
      count(ExampleCounter.ROWS_READ, examples.rowsRead(), context);
      count(ExampleCounter.ROWS_WRITTEN, examples.rowsWritten(), context);
      count(ExampleCounter.ROWS_SAMPLED_OUT, examples.sampledOut(), context);
      count(ExampleCounter.ROWS_POSITIVE, examples.positive(), context);
      count(ExampleCounter.MARKS_WITHOUT_ROW, examples.marksLeft(), context);
    } finally {
      cleanup(context);
    }
  }

  private static void count(ExampleCounter counter, long count, Context context) {
    context.getCounter(ExampleCounter.GROUP, counter.counterName()).increment(count);
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    examples.close();
  }
}
