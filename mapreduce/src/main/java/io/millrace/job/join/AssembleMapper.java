package io.millrace.job.join;

import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Sends the features of an entity to each row that names it. */
public final class AssembleMapper extends Mapper<NullWritable, RecordBlock, Slice, Slice> {
  private final ByteCursor cursor = new ByteCursor();
  private final RowNumbers numbers = new RowNumbers();
  private final ByteBuilder key = new ByteBuilder();
  private final Slice keySlice = new Slice();
  private final Slice features = new Slice();
  private long taken;
  private final RecordPlace place = new RecordPlace(() -> taken);

  @Override
  protected void map(NullWritable none, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    place.enter(block);
    byte[] array = block.bytes().array();
    cursor.reset(array, block.bytes().offset(), block.bytes().length());
    for (long i = 0; i < block.count(); i++) {
      taken++;
      int entity = (int) cursor.readVarint();
      int length = cursor.readLength();
      features.set(array, cursor.advance(length), length);
      int listLength = cursor.readLength();
      int list = cursor.advance(listLength);
      numbers.forEach(
          array,
          list,
          listLength,
          row -> {
            RowKey.put(row, entity, key);
            context.write(keySlice.set(key.array(), 0, key.length()), features);
          });
    }
    place.leave();
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), place::text);
  }
}
