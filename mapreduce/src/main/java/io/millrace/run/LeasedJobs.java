package io.millrace.run;

import io.millrace.plan.JobLoad;
import io.millrace.plan.JobResources;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Jobs that run as long as the lease of their stage is held. */
final class LeasedJobs implements StageJobs {
  private final JobExecution jobs;
  private final Staging staging;
  private final StageResources resources;
  private final String run;
  private final long inputBytes;
  private final JobRunner.Progress progress;

  /**
   * @param run whose tags the jobs carry
   * @param inputBytes what each reads, about
   */
  LeasedJobs(
      JobExecution jobs,
      Staging staging,
      StageResources resources,
      String run,
      long inputBytes,
      JobRunner.Progress progress) {
    this.jobs = jobs;
    this.staging = staging;
    this.resources = resources;
    this.run = run;
    this.inputBytes = inputBytes;
    this.progress = progress;
  }

  @Override
  public Counters run(Job job) throws IOException, InterruptedException {
    resources.applyNext(job.getConfiguration());
    return submit(job);
  }

  @Override
  public Counters run(String load, Job job) throws IOException, InterruptedException {
    resources.apply(load, job.getConfiguration());
    return submit(job);
  }

  @Override
  public Counters run(JobLoad load, Job job) throws IOException, InterruptedException {
    resources.apply(load, job.getConfiguration());
    return submit(job);
  }

  @Override
  public JobResources resources(JobLoad load) {
    return resources.of(load);
  }

  private Counters submit(Job job) throws IOException, InterruptedException {
    JobTags.add(job.getConfiguration(), run, staging.unit());
    return jobs.run(job, inputBytes, progress, staging::requireHeld);
  }

  @Override
  public void says(String text) {
    progress.says(text);
  }

  @Override
  public void requireHeld() {
    staging.requireHeld();
  }
}
