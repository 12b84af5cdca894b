package io.millrace.run;

import io.millrace.plan.JobResources;
import io.millrace.plan.JobResources.Tasks;
import io.millrace.plan.StageId;
import io.millrace.plan.StageKind;
import io.millrace.plan.Wishes.Wish;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * The largest container that a cluster gives to one task: what its scheduler allows, or what its
 * largest node has.
 */
record LargestContainer(long memoryMib, int vcores) {
  /** Asks the cluster. */
  static LargestContainer of(Configuration configuration) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(configuration));
      client.start();
      Resource largest =
          client.createApplication().getNewApplicationResponse().getMaximumResourceCapability();
      return new LargestContainer(largest.getMemorySize(), largest.getVirtualCores());
    } catch (YarnException e) {
      throw new IOException(
          "Cannot ask the cluster for its largest container: " + e.getMessage(), e);
    }
  }

  /**
   * Checks what a job asks for: of what does not fit, YARN says so only in the job's log, or never.
   *
   * @throws StageFailedException where it is more than this
   */
  void check(StageId stage, JobResources job) {
    check(stage, job.job(), "map", job.maps());
    job.reduces().ifPresent(reduces -> check(stage, job.job(), "reduce", reduces));
  }

  private void check(StageId stage, String job, String kind, Tasks tasks) {
    if (tasks.memory().value() > memoryMib) {
      throw new StageFailedException(
          "Cannot start %s: each %s asks for a container of %d MiB (%s), but the largest that the cluster gives has %d MiB (yarn.scheduler.maximum-allocation-mb, or its largest node). %s"
              .formatted(
                  job,
                  kind,
                  tasks.memory().value(),
                  tasks.memory().origin(),
                  memoryMib,
                  advice(stage, kind, tasks.memory())));
    }
    tasks
        .vcores()
        .filter(wish -> wish.value() > vcores)
        .ifPresent(
            wish -> {
              throw new StageFailedException(
                  "Cannot start %s: each %s asks for a container of %d virtual cores (%s), but the largest that the cluster gives has %d (yarn.scheduler.maximum-allocation-vcores, or its largest node). Ask for at most %d."
                      .formatted(job, kind, wish.value(), wish.origin(), vcores, vcores));
            });
  }

  private String advice(StageId stage, String kind, Wish memory) {
    return switch (memory.origin()) {
      case COMMAND_LINE ->
          "Pass at most -D mapreduce.%s.memory.mb=%d, or leave it out.".formatted(kind, memoryMib);
      case SPEC ->
          "Write at most %dMiB into resources.%s.%s_memory, or leave it out."
              .formatted(memoryMib, stage, kind);
      case SITE ->
          "Lower mapreduce.%s.memory.mb in Hadoop's configuration, or pass -D mapreduce.%s.memory.mb=%d."
              .formatted(kind, kind, memoryMib);
      case COMPUTED ->
          stage.kind() == StageKind.SCORE
              ? "The model and the features that are looked up have to fit: set a lower join.memory."
              : "Its input has to fit: let the cluster give larger containers.";
    };
  }
}
