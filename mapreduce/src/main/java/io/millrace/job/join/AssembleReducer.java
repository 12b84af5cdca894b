package io.millrace.job.join;

import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;

/** Puts features behind the rows of one file that is made. */
public final class AssembleReducer extends Reducer<Slice, Slice, Text, Slice> {
  private final Slice record = new Slice();
  private JoinedRecords records;
  private RowRange rows;
  private RowAssembler assembler;
  private long written;
  private long found;

  @Override
  protected void setup(Context context) throws IOException {
    Configuration configuration = context.getConfiguration();
    JoinInput input = JobSettings.get(configuration, JoinInput.class);
    Text dataSet =
        new Text(JobSettings.get(configuration, JobOutput.class).dataSets().get(0).name());
    int task = context.getTaskAttemptID().getTaskID().getId();
    List<Long> first = input.firstRows();
    long end = task + 1 < first.size() ? first.get(task + 1) : input.rows();
    records = JoinedRecords.of(input, configuration);
    rows = new RowRange(input, first.get(task), end, records, configuration);
    assembler =
        new RowAssembler(
            rows,
            input.days(),
            records.before(
                row -> {
                  context.write(dataSet, record.set(row.array(), 0, row.length()));
                  written++;
                }));
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    long row = RowKey.row(key.array(), key.offset());
    int entity = RowKey.entity(key.array(), key.offset());
    for (Slice features : values) {
      assembler.add(row, entity, features.array(), features.offset(), features.length());
      found++;
    }
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> assemble(context), this::place);
  }

  private Optional<String> place() {
    return Optional.ofNullable(rows).flatMap(RowRange::place);
  }

  private void assemble(Context context) throws IOException, InterruptedException {
    setup(context);
    try {
      while (context.nextKey()) {
        reduce(context.getCurrentKey(), context.getValues(), context);
      }
      assembler.finish(); // not in cleanup, which is also called after a failure
      records.count(new JoinedRecords.Counts(rows.rowsRead(), written, found), context);
    } finally {
      cleanup(context);
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    rows.close();
  }
}
