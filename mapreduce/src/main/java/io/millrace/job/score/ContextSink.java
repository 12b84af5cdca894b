package io.millrace.job.score;

import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Mapper;

/** Writes scores and rejected rows into the job's two data sets, and counts them. */
final class ContextSink implements ScoreSink {
  private static final Text SCORES = new Text(ScoreJob.SCORES);
  private static final Text QUARANTINE = new Text(ScoreJob.QUARANTINE);

  private final Mapper<NullWritable, RecordBlock, Text, Slice>.Context context;
  private final byte[] file;
  private final Counter scored;
  private final Counter quarantined;
  private long scoredSince;
  private final Slice slice = new Slice();
  private final ByteBuilder record = new ByteBuilder();

  /**
   * @param file the name of the file that the rows come from
   */
  ContextSink(Mapper<NullWritable, RecordBlock, Text, Slice>.Context context, String file) {
    this.context = context;
    this.file = file.getBytes(StandardCharsets.UTF_8);
    scored = counter(ScoreCounter.ROWS_SCORED);
    quarantined = counter(ScoreCounter.ROWS_QUARANTINED);
  }

  private Counter counter(ScoreCounter counter) {
    return context.getCounter(ScoreCounter.GROUP, counter.counterName());
  }

  /** Brings the counters up to date: to count each row in them takes longer than to write it. */
  void count() {
    scored.increment(scoredSince);
    scoredSince = 0;
  }

  @Override
  public void scored(byte[] array, int offset, int length)
      throws IOException, InterruptedException {
    scoredSince++;
    context.write(SCORES, slice.set(array, offset, length));
  }

  /** A {@link io.millrace.avro.Quarantined}, field by field. */
  @Override
  public void rejected(long number, String rule, String reason, byte[] raw)
      throws IOException, InterruptedException {
    quarantined.increment(1);
    record.clear().putSlice(file, 0, file.length).putVarint(number);
    putText(rule);
    putText(reason);
    record.putSlice(raw, 0, raw.length);
    context.write(QUARANTINE, slice.set(record.array(), 0, record.length()));
  }

  private void putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    record.putSlice(utf8, 0, utf8.length);
  }
}
