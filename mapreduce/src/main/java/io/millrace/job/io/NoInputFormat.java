package io.millrace.job.io;

import java.util.List;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** Nothing: for a job whose reduces need no maps. */
public final class NoInputFormat extends InputFormat<NullWritable, RecordBlock> {
  @Override
  public List<InputSplit> getSplits(JobContext context) {
    return List.of();
  }

  @Override
  public RecordReader<NullWritable, RecordBlock> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    throw new IllegalStateException("Cannot read " + split + ": there is no input");
  }
}
