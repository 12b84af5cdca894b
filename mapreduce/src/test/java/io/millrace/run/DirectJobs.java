package io.millrace.run;

import io.millrace.plan.JobLoad;
import io.millrace.plan.JobResources;
import io.millrace.plan.ResourceSizing;
import io.millrace.plan.Wishes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/** Runs jobs of no stage, and remembers what it hears. */
class DirectJobs implements StageJobs {
  private final JobRunner jobs;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  DirectJobs(Configuration configuration) {
    jobs = new JobRunner(new TaskJars(configuration));
  }

  /** The jobs that were begun. */
  List<String> names() {
    return names;
  }

  /** What a person was told. */
  List<String> said() {
    return said;
  }

  @Override
  public Counters run(Job job) throws IOException, InterruptedException {
    names.add(job.getJobName());
    return jobs.run(job, 0, (maps, reduces) -> {}, () -> {});
  }

  @Override
  public Counters run(String load, Job job) throws IOException, InterruptedException {
    return run(job);
  }

  @Override
  public Counters run(JobLoad load, Job job) throws IOException, InterruptedException {
    return run(job);
  }

  @Override
  public JobResources resources(JobLoad load) {
    return new ResourceSizing(new Wishes(Map.of()), OptionalLong.empty()).of(load);
  }

  @Override
  public void says(String text) {
    said.add(text);
  }

  @Override
  public void requireHeld() {
    // nobody else works on it
  }
}
