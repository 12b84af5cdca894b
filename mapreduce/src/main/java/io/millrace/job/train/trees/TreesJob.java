package io.millrace.job.train.trees;

import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.TaskLibrary;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;

/** Training rows in, boosted trees out: one map task, which leaves them in a folder of the fit. */
public final class TreesJob {
  private TreesJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param work a folder of the job's own, for what its task dies of
   */
  public static Job create(Configuration base, TreesJobSettings settings, Path work)
      throws IOException {
    Job job =
        JobTemplate.create(base, "train: trees", TreesJob.class, work, new JobOutput(List.of()));
    JobSettings.put(job.getConfiguration(), settings);
    TaskLibrary.XGBOOST.require(job.getConfiguration());
    job.setInputFormatClass(AllRowsInputFormat.class);
    job.setMapperClass(TreesMapper.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    // two attempts would write the same state
    job.setMapSpeculativeExecution(false);
    return job;
  }
}
