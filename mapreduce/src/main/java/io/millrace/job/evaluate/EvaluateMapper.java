package io.millrace.job.evaluate;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.ModelFile;
import io.millrace.job.io.NumberedSplit;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/** Hands the blocks of one file of training rows to a {@link RowEvaluator}. */
public final class EvaluateMapper extends Mapper<NullWritable, RecordBlock, Slice, Slice> {
  private final List<ModelSession> sessions = new ArrayList<>();
  private final Slice keySlice = new Slice();
  private final Slice valueSlice = new Slice();
  private RowEvaluator evaluator;
  private final RecordPlace place = new RecordPlace(() -> evaluator.taken());

  @Override
  protected void setup(Context context) throws IOException {
    EvaluateSettings settings = JobSettings.get(context.getConfiguration(), EvaluateSettings.class);
    for (EvaluateSettings.Model model : settings.models()) {
      sessions.add(open(settings, model, context));
    }
    ModelSession shuffled = open(settings, settings.models().get(0), context);
    evaluator =
        new RowEvaluator(
            settings,
            written(context),
            List.copyOf(sessions),
            shuffled,
            NumberedSplit.announcedIn(context.getConfiguration()),
            (key, value) ->
                context.write(
                    keySlice.set(key.array(), 0, key.length()),
                    valueSlice.set(value.array(), 0, value.length())));
    sessions.add(shuffled);
  }

  private static ModelSession open(
      EvaluateSettings settings, EvaluateSettings.Model model, Context context) throws IOException {
    try {
      return ModelSession.open(
          ModelFile.read(context, model.fileName()),
          model.settings().toModel(),
          settings.rows(),
          settings.batchRows(),
          Math.max(1, model.classes().size()));
    } catch (ModelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static RowType written(Context context) throws IOException {
    Path file = ((FileSplit) context.getInputSplit()).getPath();
    try (AvroRecordReader reader = AvroRecordReader.open(file, context.getConfiguration())) {
      return RowType.fromAvro(reader.schema());
    }
  }

  @Override
  protected void map(NullWritable none, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    count(EvaluateCounter.ROWS_READ, block.count(), context);
    Slice bytes = block.bytes();
    place.enter(block);
    evaluator.take(bytes.array(), bytes.offset(), bytes.length(), block.count());
    place.leave();
  }

  private static void count(EvaluateCounter counter, long rows, Context context) {
    context.getCounter(EvaluateCounter.GROUP, counter.counterName()).increment(rows);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> evaluate(context), place::text);
  }

  private void evaluate(Context context) throws IOException, InterruptedException {
    setup(context);
    try {
      while (context.nextKeyValue()) {
        map(context.getCurrentKey(), context.getCurrentValue(), context);
      }
      evaluator.finish(); // not in cleanup, which is also called after a failure
      count(EvaluateCounter.ROWS_SHUFFLED, evaluator.shuffled(), context);
    } finally {
      cleanup(context);
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    for (ModelSession session : sessions) {
      try {
        session.close();
      } catch (ModelException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
