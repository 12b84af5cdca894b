package io.millrace.job.clean;

import io.millrace.job.io.LandingSplit;
import io.millrace.job.io.Slice;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.Mapper;

/** Runs the mapper that a split of {@link CleanInputFormat} is for. */
public final class CleanInputMapper extends Mapper<NullWritable, Writable, Slice, Slice> {
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    mapper(context).run(context);
  }

  @SuppressWarnings("unchecked") // the reader of a split makes the values that its mapper takes
  private static Mapper<NullWritable, Writable, Slice, Slice> mapper(Context context) {
    Mapper<NullWritable, ? extends Writable, Slice, Slice> mapper =
        context.getInputSplit() instanceof LandingSplit
            ? new CleanMapper()
            : new EarlierKeysMapper();
    return (Mapper<NullWritable, Writable, Slice, Slice>) mapper;
  }
}
