package io.millrace.job.clean;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Clean records of an earlier date in; the keys that were kept then out. */
public final class EarlierKeysMapper extends Mapper<NullWritable, RecordBlock, Slice, Slice> {
  private EarlierKeys keys;
  private final RecordPlace place = new RecordPlace(() -> keys.taken());

  @Override
  protected void setup(Context context) throws IOException {
    keys =
        new EarlierKeys(
            JobSettings.get(context.getConfiguration(), CleanSettings.class), context::write);
  }

  @Override
  protected void map(NullWritable none, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    place.enter(block);
    keys.add(block);
    place.leave();
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), place::text);
  }
}
