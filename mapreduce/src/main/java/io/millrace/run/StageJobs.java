package io.millrace.run;

import io.millrace.plan.JobLoad;
import io.millrace.plan.JobResources;
import java.io.IOException;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Runs the jobs of a stage that is being made, and tells how far it is. Thread-safe. */
interface StageJobs {
  /**
   * Runs the stage's next job to its end, in the order of {@link io.millrace.plan.StageLoads}.
   *
   * @return its counters
   * @throws StageFailedException where it failed, with what its tasks said
   * @throws InterruptedException where the thread was interrupted; the job was ended
   */
  Counters run(Job job) throws IOException, InterruptedException;

  /**
   * The same for a stage that decides on the way which of its jobs run, and how often.
   *
   * @param load the name of the job's load
   */
  Counters run(String load, Job job) throws IOException, InterruptedException;

  /** The same for a job whose load became known on the way. */
  Counters run(JobLoad load, Job job) throws IOException, InterruptedException;

  /** What a job with such a load asks for; it may be more than there is. */
  JobResources resources(JobLoad load);

  /** Tells a person how far the work is: one line without the name of the stage. */
  void says(String text);

  /**
   * Checks that the work is not known to be in vain.
   *
   * @throws io.millrace.warehouse.LeaseLostException where another run has taken over
   */
  void requireHeld();
}
