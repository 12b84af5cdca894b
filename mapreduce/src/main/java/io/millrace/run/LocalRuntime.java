package io.millrace.run;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.StateMemory;
import io.millrace.job.shuffle.MapSort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystemConfigKeys;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Settings for a process that runs jobs by itself, with Hadoop's local runner: every core that the
 * heap allows, temporary files in a folder of the process's own, and none of the local runner's
 * pauses.
 */
public final class LocalRuntime {
  private static final long MIB = 1L << 20;
  private static final long LOCAL_BLOCK_BYTES = 256 * MIB;
  private static final int LOCAL_BUFFER_BYTES = 1 << 16;
  private static final int LOCAL_CHECKSUM_BYTES = 1 << 14;
  private static final double SORT_HEAP_SHARE = 0.3;
  private static final int LARGEST_SORT_MIB = 2047;

  /** Of a buffer that is allocated, and cleared, for each task, whatever comes. */
  private static final int LARGEST_HADOOP_SORT_MIB = 256;

  private static final int SMALLEST_SORT_MIB = 4;
  private static final double TABLE_HEAP_SHARE = 0.25;
  private static final double REDUCE_HEAP_SHARE = 0.4;
  private static final float MERGE_SHARE = 0.95f;
  private static final int SHUFFLE_MEMORY_SHARE = 4;
  private static final String METRICS_MODE = "hadoop.metrics.init.mode";
  private static final String LOCAL_JOBS = "millrace.local.jobs";
  private static final String HEAP = "millrace.local.heap-bytes";
  private static final String SORT_MIB = "mapreduce.task.io.sort.mb";
  // what compressed bytes may become in the shuffle
  private static final int LARGEST_EXPANSION = 8;

  /** {@link UnmeasuredProcess}, which commands without jobs do not load. */
  static final String UNMEASURED_PROCESS = "io.millrace.run.UnmeasuredProcess";

  private LocalRuntime() {}

  /**
   * Hadoop's configuration as the class path gives it. A bare {@code new Configuration()} knows
   * core-site.xml alone until a class of MapReduce is loaded, and so would not see that jobs go to
   * a cluster.
   */
  public static Configuration defaults() {
    return new Configuration(new JobConf());
  }

  /** Whether jobs of this configuration run in the process that submits them. */
  public static boolean isLocal(Configuration configuration) {
    return JobTemplate.isLocal(configuration);
  }

  /**
   * A configuration for jobs that run in this process and whose paths are this machine's, whatever
   * cluster the class path names.
   *
   * @param temporary a folder that the caller deletes
   */
  public static Configuration ofThisMachine(Path temporary) {
    Configuration configuration = defaults();
    configuration.set("mapreduce.framework.name", "local");
    configuration.set("fs.defaultFS", "file:///");
    tune(configuration, temporary);
    return configuration;
  }

  /**
   * Tunes a configuration whose jobs run in this process.
   *
   * @param temporary a folder that the caller deletes
   */
  public static void tune(Configuration configuration, Path temporary) {
    TerseDefaults.use();
    // nobody sees the metrics of a process that ends with its command: no sinks are looked for
    if (System.getProperty(METRICS_MODE) == null) {
      System.setProperty(METRICS_MODE, "STANDBY");
    }
    Runtime runtime = Runtime.getRuntime();
    tune(configuration, temporary, runtime.availableProcessors(), runtime.maxMemory());
  }

  static void tune(Configuration configuration, Path temporary, int cores, long heap) {
    fit(configuration, cores, heap);
    workIn(configuration, temporary);
  }

  /** Shares out the cores and the heap of a process among the tasks of a job. */
  static void fit(Configuration configuration, int cores, long heap) {
    int tasks = ProcessShare.tasksOfProcess(cores, heap);
    configuration.setLong(HEAP, heap);
    // the rest is for tables, merges and open files
    long shareMib = (long) (heap * SORT_HEAP_SHARE) / tasks / MIB;
    long largestMib = MapSort.isRadix(configuration) ? LARGEST_SORT_MIB : LARGEST_HADOOP_SORT_MIB;
    long sortMib = Math.max(SMALLEST_SORT_MIB, Math.min(largestMib, shareMib));
    configuration.setIfUnset("mapreduce.framework.name", "local");
    configuration.setInt("mapreduce.local.map.tasks.maximum", tasks);
    configuration.setInt("mapreduce.local.reduce.tasks.maximum", tasks);
    configuration.setLong(SORT_MIB, sortMib);
    configuration.setInt("mapreduce.task.io.sort.factor", 64);
    configuration.setFloat("mapreduce.map.sort.spill.percent", 0.9f);
    // what arrives at reduces stays in the heap until it is reduced; what has no room there is
    // merged on disk
    configuration.setDouble(MRJobConfig.SHUFFLE_INPUT_BUFFER_PERCENT, REDUCE_HEAP_SHARE / tasks);
    configuration.setFloat(MRJobConfig.SHUFFLE_MERGE_PERCENT, MERGE_SHARE);
    configuration.setFloat(MRJobConfig.REDUCE_INPUT_BUFFER_PERCENT, 1);
  }

  /** Lets jobs keep their files in a folder of this machine's, without Hadoop's detours. */
  static void workIn(Configuration configuration, Path temporary) {
    configuration.set("hadoop.tmp.dir", temporary.toString());
    configuration.set("mapreduce.cluster.local.dir", temporary.resolve("local").toString());
    configuration.set(
        "mapreduce.jobtracker.staging.root.dir", temporary.resolve("staging").toUri().toString());
    configuration.set("fs.file.impl", QuietLocalFileSystem.class.getName());
    configuration.set("fs.AbstractFileSystem.file.impl", QuietLocalFs.class.getName());
    configuration.set(MRConfig.RESOURCE_CALCULATOR_PROCESS_TREE, UNMEASURED_PROCESS);
    // of the defaults, a file is read and written by a call to the system for each 4 KiB or so
    configuration.setInt(
        CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY,
        Math.max(
            LOCAL_BUFFER_BYTES,
            configuration.getInt(
                CommonConfigurationKeysPublic.IO_FILE_BUFFER_SIZE_KEY, LOCAL_BUFFER_BYTES)));
    configuration.setInt(
        LocalFileSystemConfigKeys.LOCAL_FS_BYTES_PER_CHECKSUM_KEY, LOCAL_CHECKSUM_BYTES);
    // splits are made of blocks: small ones would aggregate an entity's records in many tasks
    configuration.setLong("fs.local.block.size", LOCAL_BLOCK_BYTES);
  }

  /**
   * Whether what all maps of a job in this process send to its reduces takes little of the
   * machine's memory, which keeps it as a cache of the disk. To compress it would then be work for
   * nothing.
   */
  static boolean hasRoomFor(long shuffledBytes) {
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return shuffledBytes <= memory / SHUFFLE_MEMORY_SHARE;
  }

  /**
   * Makes the sort buffer of a job that runs in this process no larger than its input can need,
   * where Hadoop sorts: its buffer is allocated, and cleared, for each task.
   */
  static void fitSortBuffer(Configuration configuration, long inputBytes) {
    if (isLocal(configuration) && !MapSort.isRadix(configuration)) {
      limitSortBuffer(configuration, inputBytes);
    }
  }

  /** Makes the sort buffer of a job no larger than its input can need. */
  static void limitSortBuffer(Configuration configuration, long inputBytes) {
    long needed = SMALLEST_SORT_MIB + inputBytes * LARGEST_EXPANSION / MIB;
    long allowed = configuration.getLong(SORT_MIB, LARGEST_SORT_MIB);
    configuration.setLong(SORT_MIB, Math.min(needed, allowed));
  }

  /**
   * Lets no more map tasks of a job run side by side in this process than half of its heap has room
   * for.
   *
   * @param bytesPerTask what each holds in memory
   */
  static void fitMaps(Configuration configuration, long bytesPerTask) {
    if (isLocal(configuration)) {
      long heap = heap(configuration);
      long room = heap / 2 / Math.max(1, bytesPerTask);
      int allowed = configuration.getInt(LocalJobRunner.LOCAL_MAX_MAPS, 1);
      configuration.setInt(
          LocalJobRunner.LOCAL_MAX_MAPS, (int) Math.max(1, Math.min(allowed, room)));
    }
  }

  /** The heap of a job that runs in one process, with its share of those beside it. */
  static long heap(Configuration configuration) {
    long all = configuration.getLong(HEAP, Runtime.getRuntime().maxMemory());
    return all / configuration.getInt(LOCAL_JOBS, 1);
  }

  /** How many stages run side by side in this process where nobody says. */
  public static int stages(Configuration configuration) {
    return ProcessShare.stages(
        configuration.getInt(LocalJobRunner.LOCAL_MAX_MAPS, 1), Runtime.getRuntime().maxMemory());
  }

  /**
   * The same workspace for each of several jobs that run side by side: where they run in this
   * process, each takes its share of the heap.
   */
  static Workspace sharing(Workspace workspace, int jobs) {
    if (jobs == 1 || !isLocal(workspace.configuration())) {
      return workspace;
    }
    Configuration shared = new Configuration(workspace.configuration());
    share(shared, jobs, Runtime.getRuntime().maxMemory());
    return workspace.with(shared);
  }

  static void share(Configuration shared, int jobs, long heap) {
    int mapsAlone = shared.getInt(LocalJobRunner.LOCAL_MAX_MAPS, 1);
    int reducesAlone = shared.getInt(LocalJobRunner.LOCAL_MAX_REDUCES, 1);
    ProcessShare maps = ProcessShare.of(jobs, mapsAlone, heap);
    ProcessShare reduces = ProcessShare.of(jobs, reducesAlone, heap);
    shared.setInt(LOCAL_JOBS, jobs);
    shared.setInt(LocalJobRunner.LOCAL_MAX_MAPS, maps.tasks());
    shared.setInt(LocalJobRunner.LOCAL_MAX_REDUCES, reduces.tasks());
    double arrived =
        shared.getDouble(
            MRJobConfig.SHUFFLE_INPUT_BUFFER_PERCENT, REDUCE_HEAP_SHARE / reducesAlone);
    shared.setDouble(
        MRJobConfig.SHUFFLE_INPUT_BUFFER_PERCENT, arrived * reducesAlone * reduces.ofWhole());
    long sortMib = shared.getLong(SORT_MIB, SMALLEST_SORT_MIB);
    long sharedMib = (long) (sortMib * mapsAlone * maps.ofWhole());
    shared.setLong(SORT_MIB, Math.min(sortMib, Math.max(SMALLEST_SORT_MIB, sharedMib)));
    long table = (long) (TABLE_HEAP_SHARE * heap * maps.ofWhole());
    shared.set(StateMemory.TABLE_BYTES, shared.get(StateMemory.TABLE_BYTES, Long.toString(table)));
  }

  /** A folder for a process's temporary files, deleted as the process ends. */
  public static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("millrace-");
      // last: a run that is told to end still works in it
      ShutdownHookManager.get()
          .addShutdownHook(() -> deleteAll(folder), FileSystem.SHUTDOWN_HOOK_PRIORITY - 1);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a folder for temporary files", e);
    }
  }

  private static void deleteAll(Path folder) {
    try (var paths = Files.walk(folder)) {
      paths
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.deleteIfExists(path);
                } catch (IOException e) {
                  // the process ends: what cannot be deleted stays in the system's temporary folder
                  path.toFile().deleteOnExit();
                }
              });
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
