package io.millrace.job.train.trees;

import io.millrace.learn.trees.TrainingMatrix;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** With how many threads trees are grown; it decides only how long that takes. */
final class TaskThreads {
  /** Below so many values for each thread, threads wait for one another longer than they work. */
  private static final long VALUES = 1_000_000;

  private TaskThreads() {}

  /** The container's cores, or this machine's, as far as there is work for them. */
  static int of(TrainingMatrix training, Configuration configuration) {
    boolean inThisProcess =
        MRConfig.LOCAL_FRAMEWORK_NAME.equals(
            configuration.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME));
    int cores =
        inThisProcess
            ? Runtime.getRuntime().availableProcessors()
            : configuration.getInt(MRJobConfig.MAP_CPU_VCORES, MRJobConfig.DEFAULT_MAP_CPU_VCORES);
    return (int) Math.max(1, Math.min(cores, training.values() / VALUES));
  }
}
