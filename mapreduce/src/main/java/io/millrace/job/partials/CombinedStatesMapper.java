package io.millrace.job.partials;

import io.millrace.aggregate.PartialCombiner;
import io.millrace.aggregate.PartialCounts;
import io.millrace.aggregate.PartialSettings;
import io.millrace.job.io.CombinedStates;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.job.io.StateMemory;
import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Combines the states of some files further: what each of them has of an entity and day. */
public final class CombinedStatesMapper extends Mapper<IntWritable, RecordBlock, Slice, Slice> {
  private final Slice key = new Slice();
  private final Slice value = new Slice();
  private PartialCombiner combiner;

  @Override
  protected void setup(Context context) throws IOException {
    combiner =
        new PartialCombiner(
            JobSettings.get(context.getConfiguration(), PartialSettings.class).states(),
            StateMemory.ofMap(context.getConfiguration()),
            (array, offset, length, states) ->
                context.write(
                    key.set(array, offset, length), value.set(states.array(), 0, states.length())));
  }

  @Override
  protected void map(IntWritable file, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    CombinedStates.read(
        block,
        new CombinedStates.Sink() {
          @Override
          public void states(byte[] array, int key, int keyLength, int states, int statesLength)
              throws IOException, InterruptedException {
            combiner.add(array, key, keyLength, states, statesLength);
          }

          @Override
          public void counts(PartialCounts counts) {
            PartialsCounter.countRecords(context, counts);
          }
        });
  }

  @Override
  protected void cleanup(Context context) throws IOException, InterruptedException {
    combiner.flush();
    PartialsCounter.STATES_SHUFFLED.count(context, combiner.written());
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context));
  }
}
