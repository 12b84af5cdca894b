package io.millrace.job.clean;

import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.LandingInputFormat;
import io.millrace.job.io.LandingSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * The date's landed lines and, as the job's input paths, the clean records of earlier dates; a
 * split has the one or the other. {@link CleanInputMapper} takes both.
 */
final class CleanInputFormat extends InputFormat<NullWritable, Writable> {
  private final LandingInputFormat landed = new LandingInputFormat();
  private final AvroBlockInputFormat earlier = new AvroBlockInputFormat();

  /** For Hadoop. */
  CleanInputFormat() {}

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    List<InputSplit> splits = new ArrayList<>(landed.getSplits(context));
    splits.addAll(earlier.getSplits(context));
    return splits;
  }

  @Override
  @SuppressWarnings("unchecked") // both have the key, and a kind of Writable for the value
  public RecordReader<NullWritable, Writable> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    RecordReader<NullWritable, ? extends Writable> reader =
        split instanceof LandingSplit
            ? landed.createRecordReader(split, context)
            : earlier.createRecordReader(split, context);
    return (RecordReader<NullWritable, Writable>) reader;
  }
}
