package io.millrace.job.join;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Reducer;

/** Puts features behind the rows of one clean file. */
public final class AssembleReducer extends Reducer<Slice, Slice, Text, Slice> {
  private final Text dataSet = new Text(AssembleJob.JOINED);
  private final Slice record = new Slice();
  private AvroRecordReader file;
  private RowAssembler assembler;
  private Counter found;

  @Override
  protected void setup(Context context) throws IOException {
    JoinInput input = JobSettings.get(context.getConfiguration(), JoinInput.class);
    int task = context.getTaskAttemptID().getTaskID().getId();
    Path path = new Path(input.cleanFiles().get(task).path());
    Counter written = counter(JoinCounter.ROWS_WRITTEN, context);
    found = counter(JoinCounter.FEATURES_FOUND, context);
    file = AvroRecordReader.open(path, context.getConfiguration());
    assembler =
        new RowAssembler(
            input.join(),
            file,
            input.firstRows()[task],
            row -> {
              context.write(dataSet, record.set(row.array(), 0, row.length()));
              written.increment(1);
            });
  }

  private static Counter counter(JoinCounter counter, Context context) {
    return context.getCounter(JoinCounter.GROUP, counter.counterName());
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    long row = RowKey.row(key.array(), key.offset());
    int entity = RowKey.entity(key.array(), key.offset());
    for (Slice features : values) {
      assembler.add(row, entity, features.array(), features.offset(), features.length());
      found.increment(1);
    }
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> assemble(context), this::place);
  }

  private Optional<String> place() {
    return Optional.ofNullable(assembler).flatMap(RowAssembler::place);
  }

  private void assemble(Context context) throws IOException, InterruptedException {
    setup(context);
    try {
      while (context.nextKey()) {
        reduce(context.getCurrentKey(), context.getValues(), context);
      }
      assembler.finish(); // not in cleanup, which is also called after a failure
      counter(JoinCounter.ROWS_READ, context).increment(assembler.rowsRead());
    } finally {
      cleanup(context);
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    file.close();
  }
}
