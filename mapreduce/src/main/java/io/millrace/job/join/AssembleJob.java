package io.millrace.job.join;

import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.NoInputFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * The second job of a join: brings the features that {@link MatchJob} has found to their rows. Each
 * of its reduces reads a range of the rows, in their order, and makes one file of them.
 */
public final class AssembleJob {
  /** The data set of joined rows. */
  public static final String JOINED = "joined";

  /** The data set of training rows. */
  public static final String TRAINING = "training";

  private AssembleJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param matches the output of the first job; none where rows have no entities
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base, Joining join, Optional<Path> matches, String fingerprint, Path output)
      throws IOException {
    int files = join.input().firstRows().size();
    JobOutput.DataSet rows =
        new JobOutput.DataSet(join.dataSet(), join.schema(), fingerprint, 0, files, true);
    Job job =
        JobTemplate.create(
            base,
            join.examples().isPresent() ? "training: assemble" : "join: assemble",
            AssembleJob.class,
            output,
            new JobOutput(List.of(rows)));
    if (matches.isPresent()) {
      job.setInputFormatClass(AvroBlockInputFormat.class);
      FileInputFormat.setInputPaths(job, new Path(matches.get(), MatchJob.DATA_SET));
    } else {
      job.setInputFormatClass(NoInputFormat.class);
    }
    job.setMapperClass(AssembleMapper.class);
    job.setPartitionerClass(RowPartitioner.class);
    job.setReducerClass(AssembleReducer.class);
    job.setNumReduceTasks(files);
    join.put(job.getConfiguration());
    return job;
  }
}
