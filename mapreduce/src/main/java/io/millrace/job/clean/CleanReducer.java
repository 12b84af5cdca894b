package io.millrace.job.clean;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskProfile;
import io.millrace.row.RowType;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;
import org.jspecify.annotations.Nullable;

/** Keeps one of several rows that are the same; passes quarantined records on. */
public final class CleanReducer extends Reducer<Slice, Slice, Text, Slice> {
  private static final Text CLEAN = new Text(CleanJob.CLEAN);
  private static final Text QUARANTINE = new Text(CleanJob.QUARANTINE);

  private final Slice body = new Slice();
  private DuplicateFilter filter;
  private @Nullable KeyEntity entity;
  private RowFolds folds;
  private TaskProfile profile;
  private long kept;
  private long duplicates;
  private long duplicatesOfEarlier;
  private long quarantined;
  private long sampledOut;
  private @Nullable RecordSample sample;

  @Override
  protected void setup(Context context) throws IOException {
    CleanSettings settings = JobSettings.get(context.getConfiguration(), CleanSettings.class);
    filter = new DuplicateFilter(settings.duplicates());
    if (!settings.entity().isEmpty()) {
      entity =
          new KeyEntity(
              RowType.fromAvro(new Schema.Parser().parse(settings.rowSchema())), settings.entity());
    }
    profile = TaskProfile.of(context.getConfiguration());
    folds = new RowFolds(context);
    CleanSettings.SampleSettings share = settings.sample();
    if (share != null && share.afterDuplicates()) {
      sample = new RecordSample(settings.rowSchema(), share);
    }
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    if (CleanKey.isRow(key)) {
      reduceRows(key, values, context);
    } else {
      for (Slice record : values) {
        context.write(QUARANTINE, record);
        quarantined++;
      }
    }
  }

  private void reduceRows(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    if (entity != null && CleanKey.hasEntity(key) && entity.isOther(key)) {
      folds.begin(entity);
    }
    filter.begin();
    for (Slice value : values) {
      filter.add(value);
    }
    if (filter.copies() > 0) {
      Slice record = filter.kept(body(key));
      if (sample != null && !sample.takes(record)) {
        sampledOut += filter.seen();
        return;
      }
      for (long copy = 0; copy < filter.copies(); copy++) {
        context.write(CLEAN, record);
        profile.add(record.array(), record.offset(), record.length());
        folds.add(record);
      }
    }
    kept += filter.copies();
    duplicatesOfEarlier += filter.duplicatesOfEarlier();
    duplicates += filter.seen() - filter.copies();
  }

  /** What a key holds of the record. */
  private Slice body(Slice key) {
    boolean hasEntity = entity != null && CleanKey.hasEntity(key);
    return CleanKey.body(key, hasEntity ? entity.length() : 0, body);
  }

  @Override
  protected void cleanup(Context context) throws IOException, InterruptedException {
    folds.close();
    profile.write(context);
    count(context, CleanCounter.KEPT, kept);
    count(context, CleanCounter.DUPLICATES, duplicates);
    if (duplicatesOfEarlier > 0) {
      count(context, CleanCounter.DUPLICATES_OF_EARLIER, duplicatesOfEarlier);
    }
    count(context, CleanCounter.QUARANTINED, quarantined);
    if (sampledOut > 0) {
      count(context, CleanCounter.SAMPLED_OUT, sampledOut);
    }
  }

  private static void count(Context context, CleanCounter counter, long value) {
    context.getCounter(CleanCounter.GROUP, counter.counterName()).increment(value);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context));
  }
}
