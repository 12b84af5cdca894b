package io.millrace.job.clean;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.LineBlock;
import io.millrace.job.io.LineCursor;
import io.millrace.job.io.Slice;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Mapper;

/** Lines in; clean rows and quarantined records out. */
public final class CleanMapper extends Mapper<NullWritable, LineBlock, Slice, Slice> {
  private final LineCursor lines = new LineCursor();
  private RecordCleaner cleaner;
  private Counter read;

  @Override
  protected void setup(Context context) throws IOException {
    CleanSettings settings = JobSettings.get(context.getConfiguration(), CleanSettings.class);
    cleaner = new RecordCleaner(settings, context::write);
    read = context.getCounter(CleanCounter.GROUP, CleanCounter.READ.counterName());
  }

  @Override
  protected void map(NullWritable key, LineBlock block, Context context)
      throws IOException, InterruptedException {
    cleaner.startFile(block.file(), block.header());
    lines.reset(block);
    while (lines.next()) {
      if (cleaner.clean(block.bytes(), lines.start(), lines.length(), lines.fileOffset())) {
        read.increment(1);
      }
    }
  }
}
