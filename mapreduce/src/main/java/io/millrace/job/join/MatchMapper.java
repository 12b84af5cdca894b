package io.millrace.job.join;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.join.CleanRows;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.jspecify.annotations.Nullable;

/** Sends the number of each row to the entities that it names; rows without any go nowhere. */
public final class MatchMapper extends Mapper<IntWritable, RecordBlock, Slice, Slice> {
  private static final int NO_FILE = -1;

  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder number = new ByteBuilder();
  private final Slice keySlice = new Slice();
  private final Slice numberSlice = new Slice();
  private final RecordPlace place = new RecordPlace(this::begun);
  private JoinedRecords records;
  private List<JoinInput.NumberedFile> files;
  private int entities;
  private int current = NO_FILE;
  private @Nullable CleanRows rows;

  @Override
  protected void setup(Context context) throws IOException {
    JoinInput input = JobSettings.get(context.getConfiguration(), JoinInput.class);
    records = JoinedRecords.of(input, context.getConfiguration());
    files = input.numberedFiles();
    entities = input.join().entities().size();
  }

  private long begun() {
    return rows == null ? 0 : rows.begun();
  }

  @Override
  protected void map(IntWritable fileNumber, RecordBlock block, Context context)
      throws IOException, InterruptedException {
    JoinInput.NumberedFile file = files.get(fileNumber.get());
    if (rows == null || current != fileNumber.get()) {
      rows = records.rows(file.day(), RowType.fromAvro(block.schema()));
      current = fileNumber.get();
    }
    place.enter(block);
    Slice bytes = block.bytes();
    rows.load(bytes.array(), bytes.offset(), bytes.length(), block.firstRecord(), block.count());
    while (rows.next()) {
      number.clear().putVarint(file.firstRow() + rows.record());
      for (int entity = 0; entity < entities; entity++) {
        if (rows.putEntity(entity, MatchKey.begin(entity, file.day(), key))) {
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
