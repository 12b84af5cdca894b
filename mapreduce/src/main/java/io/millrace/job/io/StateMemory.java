package io.millrace.job.io;

import io.millrace.plan.StageLoads;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapred.LocalJobRunner;

/** How much memory the states take that a task combines before it sends them on. */
public final class StateMemory {
  /**
   * Configuration key: memory for the states of a task, in bytes; a share of the task's heap where
   * it is not set.
   */
  public static final String TABLE_BYTES = "millrace.partials.table-bytes";

  private static final int MAP_HEAP_SHARE = 4;

  /** The records that arrive at a reduce take most of its heap. */
  private static final int REDUCE_HEAP_SHARE = 8;

  private StateMemory() {}

  /** For all states of a map. */
  public static long ofMap(Configuration configuration) {
    return bytes(configuration, LocalJobRunner.LOCAL_MAX_MAPS, MAP_HEAP_SHARE);
  }

  /** For all states of a reduce that has other things to do as well. */
  public static long ofReduce(Configuration configuration) {
    long bytes = bytes(configuration, LocalJobRunner.LOCAL_MAX_REDUCES, REDUCE_HEAP_SHARE);
    return JobTemplate.isLocal(configuration)
        ? bytes
        : Math.min(bytes, StageLoads.COMBINED_STATES_BYTES);
  }

  /** Tasks of one process share its heap. */
  private static long bytes(Configuration configuration, String localTasks, int heapShare) {
    int tasks = JobTemplate.isLocal(configuration) ? configuration.getInt(localTasks, 1) : 1;
    return configuration.getLongBytes(
        TABLE_BYTES, Runtime.getRuntime().maxMemory() / heapShare / tasks);
  }
}
