package io.millrace.job.training;

import io.millrace.job.io.ExampleCounter;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.EventMarks;
import io.millrace.learn.MarkSettings;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks the entities of events at the snapshots in whose future these lie. */
public final class TrainingMapper extends Mapper<IntWritable, RecordBlock, Slice, Slice> {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingMapper.class);
  private static final int NO_FILE = -1;

  private final ByteBuilder key = new ByteBuilder();
  private final Slice keySlice = new Slice();
  private final Slice nothing = new Slice();
  private List<Long> landed;
  private EventMarks marks;
  private final RecordPlace place = new RecordPlace(() -> marks.taken());
  private int file = NO_FILE;

  @Override
  protected void setup(Context context) throws IOException {
    Configuration configuration = context.getConfiguration();
    landed = JobSettings.get(configuration, TrainingInput.class).landed();
    marks =
        new EventMarks(
            JobSettings.get(configuration, MarkSettings.class),
            (snapshot, entity) -> {
              TrainingKey.put(snapshot, entity, key);
              context.write(keySlice.set(key.array(), 0, key.length()), nothing);
            });
  }

  @Override
  protected void map(IntWritable fileNumber, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    if (file != fileNumber.get()) {
      file = fileNumber.get();
      marks.enter(RowType.fromAvro(block.schema()), landed.get(file));
    }
    Slice bytes = block.bytes();
    place.enter(block);
    marks.add(bytes.array(), bytes.offset(), bytes.length(), block.count());
    place.leave();
  }

  @Override
  protected void cleanup(Context context) {
    count(ExampleCounter.EVENTS_READ, marks.taken(), context);
    count(ExampleCounter.EVENTS_MARKING, marks.marking(), context);
    count(ExampleCounter.LABEL_ERRORS, marks.errors(), context);
    marks.firstError().ifPresent(error -> LOG.warn("First error of the condition: {}", error));
  }

  private static void count(ExampleCounter counter, long count, Context context) {
    context.getCounter(ExampleCounter.GROUP, counter.counterName()).increment(count);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), place::text);
  }
}
