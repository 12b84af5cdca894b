package io.millrace.job.score;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.EncodedRecords;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.ModelFile;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.join.RowReader;
import io.millrace.join.StoredRows;
import io.millrace.model.BoundModel;
import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.pipeline.Scoring;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/**
 * Hands the blocks of one file to a {@link RowScorer}; where they hold clean records, joined with
 * their features.
 */
public final class ScoreMapper extends Mapper<NullWritable, RecordBlock, Text, EncodedRecords> {
  private ModelSession session;
  private RowReader reader;
  private RowScorer scorer;
  private final RecordPlace place = new RecordPlace(() -> reader.begun());

  @Override
  protected void setup(Context context) throws IOException {
    ScoreSettings settings = JobSettings.get(context.getConfiguration(), ScoreSettings.class);
    Scoring scoring = settings.toScoring();
    Path file = ((FileSplit) context.getInputSplit()).getPath();
    try {
      session =
          ModelSession.open(
              ModelFile.read(context, ScoreJob.MODEL),
              new BoundModel(scoring.inputs(), scoring.output()),
              scoring.features(),
              settings.batchRows());
    } catch (ModelException e) {
      throw new IOException(e.getMessage(), e);
    }
    reader = reader(scoring, written(file, context), context);
    scorer = new RowScorer(scoring, reader, session, new ContextSink(context, file.getName()));
  }

  private static RowReader reader(Scoring scoring, RowType written, Context context)
      throws IOException {
    Optional<FeatureLookup> features =
        JobSettings.find(context.getConfiguration(), FeatureLookup.class);
    if (features.isPresent()) {
      return features.get().open(written, context.getConfiguration());
    }
    Set<String> wanted = new HashSet<>(scoring.keep());
    wanted.addAll(scoring.inputs().columns());
    return new StoredRows(written, scoring.features(), wanted);
  }

  private static RowType written(Path file, Context context) throws IOException {
    try (AvroRecordReader reader = AvroRecordReader.open(file, context.getConfiguration())) {
      return RowType.fromAvro(reader.schema());
    }
  }

  @Override
  protected void map(NullWritable key, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    context
        .getCounter(ScoreCounter.GROUP, ScoreCounter.ROWS_READ.counterName())
        .increment(block.count());
    Slice bytes = block.bytes();
    place.enter(block);
    scorer.score(bytes.array(), bytes.offset(), bytes.length(), block.firstRecord(), block.count());
    place.leave();
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> score(context), place::text);
  }

  private void score(Context context) throws IOException, InterruptedException {
    setup(context);
    try {
      while (context.nextKeyValue()) {
        map(context.getCurrentKey(), context.getCurrentValue(), context);
      }
      scorer.finish(); // not in cleanup, which is also called after a failure
    } finally {
      cleanup(context);
    }
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    try {
      session.close();
    } catch (ModelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
