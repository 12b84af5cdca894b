package io.millrace.job.join;

import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.NumberedSplit;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.join.CleanRows;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;

/** Sends the number of each row to the entities that it names; rows without any go nowhere. */
public final class MatchMapper extends Mapper<NullWritable, RecordBlock, Slice, Slice> {
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder number = new ByteBuilder();
  private final Slice keySlice = new Slice();
  private final Slice numberSlice = new Slice();
  private CleanRows rows;
  private final RecordPlace place = new RecordPlace(() -> rows.taken());
  private int entities;
  private long firstRow;

  @Override
  protected void setup(Context context) throws IOException {
    JoinInput input = JobSettings.get(context.getConfiguration(), JoinInput.class);
    FileSplit file = (FileSplit) context.getInputSplit();
    firstRow = input.firstRows()[NumberedSplit.announcedIn(context.getConfiguration())];
    entities = input.features().size();
    try (AvroRecordReader reader =
        AvroRecordReader.open(file.getPath(), context.getConfiguration())) {
      rows = new CleanRows(input.join(), RowType.fromAvro(reader.schema()));
    }
  }

  @Override
  protected void map(NullWritable none, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    place.enter(block);
    Slice bytes = block.bytes();
    rows.load(bytes.array(), bytes.offset(), bytes.length(), block.count());
    for (long row = firstRow + block.firstRecord(); rows.next(); row++) {
      number.clear().putVarint(row);
      for (int entity = 0; entity < entities; entity++) {
        if (rows.putEntity(entity, MatchKey.begin(entity, key))) {
          MatchKey.complete(key);
          context.write(
              keySlice.set(key.array(), 0, key.length()),
              numberSlice.set(number.array(), 0, number.length()));
        }
      }
    }
    place.leave();
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), place::text);
  }
}
