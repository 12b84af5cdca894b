package io.millrace.run;

import java.io.IOException;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Runs jobs of a stage, wherever that is. */
interface JobExecution {
  /**
   * Runs a job to its end and returns its counters.
   *
   * @param inputBytes what it reads, about
   * @param isWanted asked now and then; what it throws ends the job
   * @throws StageFailedException where it failed, with what its tasks said
   */
  Counters run(Job job, long inputBytes, JobRunner.Progress progress, Runnable isWanted)
      throws IOException, InterruptedException;
}
