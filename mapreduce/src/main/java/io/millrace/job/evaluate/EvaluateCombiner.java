package io.millrace.job.evaluate;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.learn.metrics.MergeableTotals;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.IOException;
import org.apache.hadoop.mapreduce.Reducer;

/** Merges what belongs to one key. */
public final class EvaluateCombiner extends Reducer<Slice, Slice, Slice, Slice> {
  private final ByteCursor cursor = new ByteCursor();
  private final ByteBuilder merged = new ByteBuilder();
  private final Slice mergedSlice = new Slice();
  private EvaluateSettings settings;

  @Override
  protected void setup(Context context) throws IOException {
    settings = JobSettings.get(context.getConfiguration(), EvaluateSettings.class);
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    EvaluateKey.readGroup(
        cursor.reset(key.array(), key.offset(), key.length()), settings.segments());
    MergeableTotals totals = ScoreCollector.newTotals(cursor.readByte(), settings);
    for (Slice value : values) {
      totals.add(cursor.reset(value.array(), value.offset(), value.length()));
    }
    totals.write(merged.clear());
    context.write(key, mergedSlice.set(merged.array(), 0, merged.length()));
  }
}
