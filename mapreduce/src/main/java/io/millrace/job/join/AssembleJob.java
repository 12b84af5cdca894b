package io.millrace.job.join;

import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * The second job of a join: brings the features that {@link MatchJob} has found to their rows. For
 * each clean file one of joined rows, in its order.
 */
public final class AssembleJob {
  /** The data set of the joined rows. */
  public static final String JOINED = "joined";

  private AssembleJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param matches the output of the first job
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base, JoinInput input, Path matches, String fingerprint, Path output)
      throws IOException {
    int files = input.cleanFiles().size();
    JobOutput.DataSet joined =
        new JobOutput.DataSet(JOINED, input.join().joinedSchema(), fingerprint, 0, files, true);
    Job job =
        JobTemplate.create(
            base, "join: assemble", AssembleJob.class, output, new JobOutput(List.of(joined)));
    job.setInputFormatClass(AvroBlockInputFormat.class);
    FileInputFormat.setInputPaths(job, new Path(matches, MatchJob.DATA_SET));
    job.setMapperClass(AssembleMapper.class);
    job.setPartitionerClass(RowPartitioner.class);
    job.setReducerClass(AssembleReducer.class);
    job.setNumReduceTasks(files);
    JobSettings.put(job.getConfiguration(), input);
    return job;
  }
}
