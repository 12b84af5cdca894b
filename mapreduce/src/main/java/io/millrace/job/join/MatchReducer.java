package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.SortedFeatures;
import io.millrace.job.io.TaskFailure;
import io.millrace.join.JoinSettings;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;

/**
 * Notes the features of each entity that has some, together with the numbers of its rows. Days come
 * one after the other, and only those files are open that one has.
 */
public final class MatchReducer extends Reducer<Slice, Slice, Text, Slice> {
  private static final int NO_DAY = -1;

  private final Text dataSet = new Text(MatchJob.DATA_SET);
  private final RowNumbers numbers = new RowNumbers();
  private final ByteBuilder features = new ByteBuilder();
  private final ByteBuilder record = new ByteBuilder();
  private final Slice recordSlice = new Slice();
  private final List<SortedFeatures> groups = new ArrayList<>();
  private JoinInput input;
  private Configuration configuration;
  private byte[][] nothing;
  private int task;
  private int entity;
  private int day = NO_DAY;

  @Override
  protected void setup(Context context) throws IOException {
    configuration = context.getConfiguration();
    input = JobSettings.get(configuration, JoinInput.class);
    task = context.getTaskAttemptID().getTaskID().getId();
    entity = input.entityOf(task);
  }

  private void open(int newDay) throws IOException {
    close();
    day = newDay;
    JoinSettings.Entity settings = input.join().entities().get(entity);
    JoinInput.Features files = input.days().get(day).features().get(entity);
    nothing = input.days().get(day).noFeatures().ofGroups()[entity];
    for (int group = 0; group < settings.groups().size(); group++) {
      groups.add(
          new SortedFeatures(
              settings,
              settings.groups().get(group),
              files.groups().get(group),
              task - files.firstTask(),
              files.buckets(),
              configuration));
    }
  }

  private void close() throws IOException {
    for (SortedFeatures group : groups) {
      group.close();
    }
    groups.clear();
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> lists, Context context)
      throws IOException, InterruptedException {
    if (MatchKey.day(key.array(), key.offset()) != day) {
      open(MatchKey.day(key.array(), key.offset()));
    }
    if (!findFeatures(key)) {
      return;
    }
    numbers.clear();
    for (Slice some : lists) {
      numbers.addAll(some.array(), some.offset(), some.length());
      if (numbers.isFull()) {
        write(context);
      }
    }
    if (!numbers.isEmpty()) {
      write(context);
    }
  }

  /** Whether any group has the entity; the others' features are then those of no events. */
  private boolean findFeatures(Slice key) throws IOException {
    long hash = MatchKey.hash(key.array(), key.offset());
    int start = key.offset() + MatchKey.ENTITY_OFFSET;
    int length = key.length() - MatchKey.ENTITY_OFFSET;
    features.clear();
    boolean any = false;
    for (int group = 0; group < groups.size(); group++) {
      if (groups.get(group).find(key.array(), start, length, hash)) {
        groups.get(group).putFeatures(features);
        any = true;
      } else {
        features.putBytes(nothing[group]);
      }
    }
    return any;
  }

  private void write(Context context) throws IOException, InterruptedException {
    record.clear().putVarint(entity);
    record.putSlice(features.array(), 0, features.length());
    record.putSlice(numbers.encoded().array(), 0, numbers.encoded().length());
    context.write(dataSet, recordSlice.set(record.array(), 0, record.length()));
    numbers.clear();
  }

  @Override
  protected void cleanup(Context context) throws IOException {
    close();
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context));
  }
}
