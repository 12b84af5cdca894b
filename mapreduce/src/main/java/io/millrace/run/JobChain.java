package io.millrace.run;

import io.millrace.plan.PlannedStage;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.mapreduce.Job;

/** A stage whose data sets are the output of one job, with others before it that prepare it. */
interface JobChain extends StageWork {
  /** The job that makes the stage's data sets. */
  Job job(PlannedStage stage, Staging staging) throws IOException;

  /** Jobs that run before that one, one after the other; what they make is not published. */
  default List<Job> jobsBefore(PlannedStage stage, Staging staging) throws IOException {
    return List.of();
  }

  /** The counters of the job, in their common group. */
  List<String> counterNames();

  @Override
  default SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    for (Job before : jobsBefore(stage, staging)) {
      jobs.run(before);
    }
    return JobCounts.of(jobs.run(job(stage, staging)), counterNames());
  }
}
