package io.millrace.job.train.trees;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.learn.trees.TrainingMatrix;
import java.lang.management.ManagementFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;

/** What a task may take of its machine: of its container, or of this process. */
final class TaskRoom {
  /** Configuration key: bytes that rows may take outside of the heap. */
  static final String MEMORY_BYTES = "millrace.train.native-bytes";

  /** Classes, code, threads and buffers of a JVM beside its heap. */
  private static final long BESIDE_HEAP_BYTES = 256L << 20;

  /** Below so many values for each thread, threads wait for one another longer than they work. */
  private static final long VALUES_OF_THREAD = 1_000_000;

  private TaskRoom() {}

  /** Bytes that rows may take outside of the heap. */
  static long nativeBytes(Configuration task) {
    long said = task.getLong(MEMORY_BYTES, 0);
    if (said > 0) {
      return said;
    }
    long all =
        isInThisProcess(task)
            ? machineBytes()
            : task.getLong(MRJobConfig.MAP_MEMORY_MB, MRJobConfig.DEFAULT_MAP_MEMORY_MB) << 20;
    return Math.max(1, all - Runtime.getRuntime().maxMemory() - BESIDE_HEAP_BYTES);
  }

  private static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static boolean isInThisProcess(Configuration task) {
    return MRConfig.LOCAL_FRAMEWORK_NAME.equals(
        task.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME));
  }

  /** With how many threads trees are grown; it decides only how long that takes. */
  static int threads(TrainingMatrix training, Configuration task) {
    int cores =
        isInThisProcess(task)
            ? Runtime.getRuntime().availableProcessors()
            : task.getInt(MRJobConfig.MAP_CPU_VCORES, MRJobConfig.DEFAULT_MAP_CPU_VCORES);
    return (int) Math.max(1, Math.min(cores, training.values() / VALUES_OF_THREAD));
  }
}
