package io.millrace.run;

import io.millrace.plan.JobLoad;
import io.millrace.plan.JobLoad.TaskLoad;
import io.millrace.plan.JobResources.Tasks;
import io.millrace.plan.ResourceSizing;
import io.millrace.plan.Wishes.Wish;
import io.millrace.plan.WorkerSizing;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** What there is room for: in this process, or on a cluster. */
final class WorkerRoom {
  private WorkerRoom() {}

  static WorkerSizing.Room of(Configuration configuration, StageJobs jobs) throws IOException {
    if (LocalRuntime.isLocal(configuration)) {
      int tasks = configuration.getInt(LocalJobRunner.LOCAL_MAX_MAPS, 1);
      long heap = LocalRuntime.heap(configuration);
      return (workers, held) -> workers <= tasks && workers * held <= heap / 2;
    }
    ClusterNodes nodes =
        ClusterNodes.of(
            configuration, Optional.ofNullable(configuration.get(MRJobConfig.QUEUE_NAME)));
    long master =
        configuration.getLong(MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.DEFAULT_MR_AM_VMEM_MB);
    return (workers, held) -> {
      Tasks asked = jobs.resources(load(workers, held)).maps();
      long needed = (ResourceSizing.BASE_HEAP_BYTES + held) >> 20;
      long running = asked.running().map(Wish::value).orElse(Long.MAX_VALUE);
      return needed <= asked.heapMib()
          && workers <= running
          && workers <= nodes.atOnce(asked.memory().value(), master);
    };
  }

  private static JobLoad load(int workers, long held) {
    return new JobLoad(
        "fit", new TaskLoad(workers, 0, held, 0), Optional.empty(), Optional.empty());
  }
}
