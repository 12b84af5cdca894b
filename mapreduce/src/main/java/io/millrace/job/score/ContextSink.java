package io.millrace.job.score;

import io.millrace.job.io.EncodedRecords;
import io.millrace.job.io.RecordBlock;
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

  private final Mapper<NullWritable, RecordBlock, Text, EncodedRecords>.Context context;
  private final byte[] file;
  private final Counter scored;
  private final Counter quarantined;
  private final EncodedRecords rejected = new EncodedRecords();

  /**
   * @param file the name of the file that the rows come from
   */
  ContextSink(
      Mapper<NullWritable, RecordBlock, Text, EncodedRecords>.Context context, String file) {
    this.context = context;
    this.file = file.getBytes(StandardCharsets.UTF_8);
    scored = counter(ScoreCounter.ROWS_SCORED);
    quarantined = counter(ScoreCounter.ROWS_QUARANTINED);
  }

  private Counter counter(ScoreCounter counter) {
    return context.getCounter(ScoreCounter.GROUP, counter.counterName());
  }

  @Override
  public void scored(EncodedRecords scores) throws IOException, InterruptedException {
    scored.increment(scores.count());
    context.write(SCORES, scores);
  }

  /** A {@link io.millrace.avro.Quarantined}, field by field. */
  @Override
  public void rejected(long number, String rule, String reason, byte[] raw)
      throws IOException, InterruptedException {
    quarantined.increment(1);
    ByteBuilder record = rejected.clear().bytes();
    record.putSlice(file, 0, file.length).putVarint(number);
    putText(rule, record);
    putText(reason, record);
    record.putSlice(raw, 0, raw.length);
    context.write(QUARANTINE, rejected.end());
  }

  private static void putText(String text, ByteBuilder record) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    record.putSlice(utf8, 0, utf8.length);
  }
}
