package io.millrace.job.features;

import io.millrace.aggregate.WindowCounts;
import io.millrace.aggregate.WindowMerge;
import io.millrace.aggregate.WindowSettings;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.io.TaskProfile;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Mapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges partials, which come sorted by entity, into one row of features an entity. */
public final class FeaturesMapper extends Mapper<Slice, EntityPartials, Text, Slice> {
  private static final Logger LOG = LoggerFactory.getLogger(FeaturesMapper.class);

  private final Text dataSet = new Text(FeaturesJob.DATA_SET);
  private final Slice record = new Slice();
  private TaskProfile profile;
  private WindowMerge merge;

  @Override
  protected void setup(Context context) throws IOException {
    TaskProfile profile = TaskProfile.of(context.getConfiguration());
    this.profile = profile;
    merge =
        new WindowMerge(
            JobSettings.get(context.getConfiguration(), WindowSettings.class),
            row -> {
              context.write(dataSet, record.set(row.array(), 0, row.length()));
              profile.add(row.array(), 0, row.length());
            });
  }

  @Override
  protected void map(Slice entity, EntityPartials partials, Context context)
      throws IOException, InterruptedException {
    merge.start(entity.array(), entity.offset(), entity.length());
    while (partials.next()) {
      merge.add(partials.state());
    }
    merge.finish();
  }

  @Override
  protected void cleanup(Context context) throws IOException, InterruptedException {
    profile.write(context);
    WindowCounts counts = merge.counts();
    count(context, FeaturesCounter.PARTIALS_READ, counts.partials());
    count(context, FeaturesCounter.PARTIALS_OUTSIDE, counts.outside());
    count(context, FeaturesCounter.ROWS_WRITTEN, counts.rows());
    count(context, FeaturesCounter.ERRORS, counts.errors());
    merge.firstError().ifPresent(error -> LOG.warn("First value without a result: {}", error));
  }

  private static Optional<String> place(Context context) {
    return context.getInputSplit() instanceof BucketSplit split ? split.place() : Optional.empty();
  }

  private static void count(Context context, FeaturesCounter counter, long value) {
    context.getCounter(FeaturesCounter.GROUP, counter.counterName()).increment(value);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), () -> place(context));
  }
}
