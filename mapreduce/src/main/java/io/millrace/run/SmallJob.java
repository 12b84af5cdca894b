package io.millrace.run;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * Settings for jobs of little input on a cluster. What counts there is how soon tasks begin: they
 * run one after the other in the application master's own process ("uber" mode), which the master
 * itself decides by the limits set here. What a person has set stays as it is.
 */
final class SmallJob {
  private static final long MIB = 1L << 20;

  /** What one process reads faster than a cluster starts others. */
  static final long MOST_BYTES = 16 * MIB;

  private static final int MOST_MAPS = 8;
  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)([kKmMgG]?)");
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
  private static final String SMALL_COLLECTOR = "-XX:+UseSerialGC";

  private SmallJob() {}

  /** Changes the settings of a job that reads so many bytes. */
  static void fit(Configuration job, long inputBytes) {
    if (LocalRuntime.isLocal(job) || inputBytes > MOST_BYTES) {
      return;
    }
    if (isDefault(job, MRJobConfig.JOB_UBERTASK_ENABLE)) {
      job.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, true);
      setDefault(job, MRJobConfig.JOB_UBERTASK_MAXBYTES, Long.toString(MOST_BYTES));
      setDefault(job, MRJobConfig.JOB_UBERTASK_MAXMAPS, Integer.toString(MOST_MAPS));
    }
    if (job.getBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, false)) {
      makeRoom(job);
    }
    LocalRuntime.limitSortBuffer(job, inputBytes);
    job.set(MRJobConfig.MR_AM_COMMAND_OPTS, quickStart(masterOptions(job)));
  }

  /**
   * The master must have what the largest task would have, or it starts containers for them; and so
   * much heap.
   */
  private static void makeRoom(Configuration job) {
    int memory = job.getInt(MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.DEFAULT_MR_AM_VMEM_MB);
    int cores = job.getInt(MRJobConfig.MR_AM_CPU_VCORES, MRJobConfig.DEFAULT_MR_AM_CPU_VCORES);
    for (String key : List.of(MRJobConfig.MAP_MEMORY_MB, MRJobConfig.REDUCE_MEMORY_MB)) {
      memory = Math.max(memory, job.getInt(key, MRJobConfig.DEFAULT_MAP_MEMORY_MB));
    }
    for (String key : List.of(MRJobConfig.MAP_CPU_VCORES, MRJobConfig.REDUCE_CPU_VCORES)) {
      cores = Math.max(cores, job.getInt(key, MRJobConfig.DEFAULT_MAP_CPU_VCORES));
    }
    job.setInt(MRJobConfig.MR_AM_VMEM_MB, memory);
    job.setInt(MRJobConfig.MR_AM_CPU_VCORES, cores);
    String options = masterOptions(job);
    long heap = heapMib(options);
    long taskHeap =
        Math.max(
            heapMib(job.get(MRJobConfig.MAP_JAVA_OPTS, "")),
            heapMib(job.get(MRJobConfig.REDUCE_JAVA_OPTS, "")));
    if (heap > 0 && taskHeap > heap) {
      String more = HEAP.matcher(options).replaceAll("-Xmx" + taskHeap + "m");
      job.set(MRJobConfig.MR_AM_COMMAND_OPTS, more);
    }
  }

  /** The heap that options of a JVM name, or 0. */
  private static long heapMib(String options) {
    Matcher heap = HEAP.matcher(options);
    long mib = 0;
    while (heap.find()) {
      long number = Long.parseLong(heap.group(1));
      mib =
          switch (heap.group(2).toLowerCase(Locale.ROOT)) {
            case "g" -> number << 10;
            case "m" -> number;
            case "k" -> number >> 10;
            default -> number >> 20;
          };
    }
    return mib;
  }

  private static String masterOptions(Configuration job) {
    return job.get(MRJobConfig.MR_AM_COMMAND_OPTS, MRJobConfig.DEFAULT_MR_AM_COMMAND_OPTS);
  }

  /** Options of a JVM that lives for seconds; those that are chosen already stay. */
  private static String quickStart(String options) {
    String quick = options;
    if (!options.contains("-XX:TieredStopAtLevel") && !options.contains("TieredCompilation")) {
      quick += " " + FIRST_COMPILER;
    }
    if (!options.matches(".*-XX:[+-]Use\\w+GC\\b.*")) {
      quick += " " + SMALL_COLLECTOR;
    }
    return quick;
  }

  private static void setDefault(Configuration job, String key, String value) {
    if (isDefault(job, key)) {
      job.set(key, value);
    }
  }

  /** Whether a key has the value that Hadoop came with. */
  private static boolean isDefault(Configuration job, String key) {
    return new SaidProperties(job).origin(key).isEmpty();
  }
}
