package io.millrace.job.score;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.ModelFile;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.join.RowLookup;
import io.millrace.model.BoundModel;
import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.pipeline.Scoring;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.jspecify.annotations.Nullable;

/**
 * Hands the blocks of one file to a {@link RowScorer}; where they hold clean records, joined with
 * their features.
 */
public final class ScoreMapper extends Mapper<NullWritable, RecordBlock, Text, Slice> {
  private final ByteBuilder joined = new ByteBuilder();
  private final RecordPlace lookupPlace = new RecordPlace(this::lookupTaken);
  private ModelSession session;
  private RowScorer scorer;
  private final RecordPlace scorePlace = new RecordPlace(() -> scorer.taken());
  private @Nullable RowLookup lookup;

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
    RowType written = written(file, context);
    Optional<FeatureLookup> features =
        JobSettings.find(context.getConfiguration(), FeatureLookup.class);
    if (features.isPresent()) {
      lookup = features.get().open(written, context.getConfiguration());
      written = scoring.features();
    }
    scorer = new RowScorer(scoring, written, session, new ContextSink(context, file.getName()));
  }

  private long lookupTaken() {
    return lookup == null ? 0 : lookup.taken();
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
    if (lookup == null) {
      score(block, bytes.array(), bytes.offset(), bytes.length());
    } else {
      lookupPlace.enter(block);
      lookup.join(bytes.array(), bytes.offset(), bytes.length(), block.count(), joined.clear());
      lookupPlace.leave();
      score(block, joined.array(), 0, joined.length());
    }
  }

  private void score(RecordBlock block, byte[] records, int offset, int length)
      throws IOException, InterruptedException {
    scorePlace.enter(block);
    scorer.score(records, offset, length, block.firstRecord(), block.count());
    scorePlace.leave();
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(
        context, () -> score(context), () -> lookupPlace.text().or(scorePlace::text));
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
