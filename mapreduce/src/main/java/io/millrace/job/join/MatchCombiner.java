package io.millrace.job.join;

import io.millrace.job.io.Slice;
import java.io.IOException;
import org.apache.hadoop.mapreduce.Reducer;

/** Puts the numbers of an entity's rows into fewer and longer lists. */
public final class MatchCombiner extends Reducer<Slice, Slice, Slice, Slice> {
  private final RowNumbers numbers = new RowNumbers();
  private final Slice list = new Slice();

  @Override
  protected void reduce(Slice entity, Iterable<Slice> lists, Context context)
      throws IOException, InterruptedException {
    numbers.clear();
    for (Slice some : lists) {
      numbers.addAll(some.array(), some.offset(), some.length());
      if (numbers.isFull()) {
        write(entity, context);
      }
    }
    if (!numbers.isEmpty()) {
      write(entity, context);
    }
  }

  private void write(Slice entity, Context context) throws IOException, InterruptedException {
    context.write(entity, list.set(numbers.encoded().array(), 0, numbers.encoded().length()));
    numbers.clear();
  }
}
