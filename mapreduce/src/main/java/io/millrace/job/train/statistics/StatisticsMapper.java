package io.millrace.job.train.statistics;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.prepare.StatisticsPlan;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowType;
import java.io.IOException;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Adds the rows of a split to statistics. */
public final class StatisticsMapper extends Mapper<NullWritable, RecordBlock, Slice, Slice> {
  private final ByteCursor cursor = new ByteCursor();
  private TableStatistics statistics;
  private RowDecoder decoder;
  private Row row;
  private long taken;
  private final RecordPlace place = new RecordPlace(() -> taken);

  @Override
  protected void setup(Context context) throws IOException {
    StatisticsPlan plan = JobSettings.get(context.getConfiguration(), StatisticsPlan.class);
    RowType rows = plan.rows();
    statistics = new TableStatistics(plan);
    decoder = new RowDecoder(rows);
    row = new Row(rows.size());
  }

  @Override
  protected void map(NullWritable none, RecordBlock block, Context context) {
    Slice bytes = block.bytes();
    place.enter(block);
    int start = row.load(bytes.array(), bytes.offset(), bytes.length());
    cursor.reset(row.bytes, start, bytes.length());
    for (long record = 0; record < block.count(); record++) {
      taken++;
      decoder.decode(cursor, row);
      statistics.add(row);
    }
    place.leave();
  }

  @Override
  protected void cleanup(Context context) throws IOException, InterruptedException {
    ByteBuilder state = new ByteBuilder();
    statistics.write(state);
    byte[] key = new byte[Long.BYTES];
    context.write(
        new Slice().set(key, 0, key.length), new Slice().set(state.array(), 0, state.length()));
    context
        .getCounter(StatisticsCounter.GROUP, StatisticsCounter.ROWS_READ.counterName())
        .increment(taken);
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> super.run(context), place::text);
  }
}
