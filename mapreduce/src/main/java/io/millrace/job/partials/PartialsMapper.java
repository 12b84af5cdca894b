package io.millrace.job.partials;

import io.millrace.aggregate.PartialAggregator;
import io.millrace.aggregate.PartialCounts;
import io.millrace.aggregate.PartialSettings;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.StateMemory;
import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds the clean records of a split into states. */
public final class PartialsMapper extends Mapper<NullWritable, RecordBlock, Slice, Slice> {
  private static final Logger LOG = LoggerFactory.getLogger(PartialsMapper.class);

  private final Slice key = new Slice();
  private final Slice value = new Slice();
  private PartialAggregator aggregator;
  private final RecordPlace place = new RecordPlace(() -> aggregator.taken());

  @Override
  protected void setup(Context context) throws IOException {
    PartialSettings settings = JobSettings.get(context.getConfiguration(), PartialSettings.class);
    aggregator =
        new PartialAggregator(
            settings,
            StateMemory.ofMap(context.getConfiguration()),
            (array, offset, length, states) ->
                context.write(
                    key.set(array, offset, length), value.set(states.array(), 0, states.length())));
  }

  @Override
  protected void map(NullWritable none, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    Slice bytes = block.bytes();
    place.enter(block);
    aggregator.add(bytes.array(), bytes.offset(), bytes.length(), block.count());
    place.leave();
  }

  @Override
  protected void cleanup(Context context) throws IOException, InterruptedException {
    aggregator.flush();
    PartialCounts counts = aggregator.counts();
    PartialsCounter.countRecords(context, counts);
    PartialsCounter.STATES_SHUFFLED.count(context, counts.states());
    aggregator.firstError().ifPresent(error -> LOG.warn("First error of an expression: {}", error));
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), place::text);
  }
}
