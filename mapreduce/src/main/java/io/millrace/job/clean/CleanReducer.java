package io.millrace.job.clean;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Reducer;

/** Keeps one of several rows that are the same; passes quarantined records on. */
public final class CleanReducer extends Reducer<Slice, Slice, Text, Slice> {
  private static final Text CLEAN = new Text(CleanJob.CLEAN);
  private static final Text QUARANTINE = new Text(CleanJob.QUARANTINE);

  private final Slice body = new Slice();
  private DuplicateFilter filter;
  private Counter kept;
  private Counter duplicates;
  private Counter quarantined;

  @Override
  protected void setup(Context context) throws IOException {
    CleanSettings settings = JobSettings.get(context.getConfiguration(), CleanSettings.class);
    filter = new DuplicateFilter(settings.duplicates());
    kept = context.getCounter(CleanCounter.GROUP, CleanCounter.KEPT.counterName());
    duplicates = context.getCounter(CleanCounter.GROUP, CleanCounter.DUPLICATES.counterName());
    quarantined = context.getCounter(CleanCounter.GROUP, CleanCounter.QUARANTINED.counterName());
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    if (!CleanKey.isRow(key)) {
      for (Slice record : values) {
        context.write(QUARANTINE, record);
        quarantined.increment(1);
      }
      return;
    }
    filter.begin();
    for (Slice value : values) {
      filter.add(value);
    }
    for (long copy = 0; copy < filter.copies(); copy++) {
      context.write(CLEAN, filter.kept(CleanKey.body(key, body)));
    }
    kept.increment(filter.copies());
    duplicates.increment(filter.seen() - filter.copies());
  }
}
