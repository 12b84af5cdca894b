package io.millrace.run;

import io.millrace.plan.StageKind;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Containers for whole jobs on a cluster. A container costs seconds of CPU before it begins to
 * work, and a job has one for each map and reduce; what two cores work off in the time that it
 * takes to start them all is done whole in one container: the job's tasks run there side by side,
 * in one process, as they do on one machine.
 */
final class OneContainer {
  /** Configuration key: up to how many bytes of input; 0: never. */
  static final String MOST_BYTES = "millrace.one-container-bytes";

  private static final long MIB = 1L << 20;
  private static final long DEFAULT_MOST_BYTES = 512 * MIB;
  private static final int CORES = 2;
  private static final long CONTAINER_MIB = 3072;
  private static final long LEAST_CONTAINER_MIB = 2048;
  private static final long BASE_MIB = 1024;

  /** Raw files may be compressed, and what maps send is kept in memory until it is reduced. */
  private static final int MEMORY_PER_INPUT = 4;

  /** Of a container, what a JVM takes beside its heap, ONNX Runtime's buffers among it. */
  private static final int BESIDE_HEAP_SHARE = 4;

  /** For a process of two cores and some seconds, as scripts/millrace has it, and says why. */
  private static final String COMPILERS =
      "-XX:TieredStopAtLevel=4 -XX:Tier4InvocationThreshold=50000"
          + " -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000"
          + " -XX:Tier4BackEdgeThreshold=400000 -XX:MaxInlineLevel=9 -XX:InlineSmallCode=1500";

  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(?!Serial)\\w+GC\\b");

  private OneContainer() {}

  /** What jobs of so much input have to do with containers for whole jobs. */
  enum Fit {
    /** They are worth one. */
    WORTH_ONE,
    /** They are better off in one that stands anyway. */
    WHERE_ONE_STANDS,
    /** Their tasks are spread: there is much to read, or somebody has said how they are to run. */
    NONE
  }

  /** How jobs of a stage fit in, whatever containers the cluster has. */
  static Fit fit(Configuration cluster, StageKind stage, long inputBytes) {
    long most = cluster.getLongBytes(MOST_BYTES, DEFAULT_MOST_BYTES);
    boolean isPossible =
        !LocalRuntime.isLocal(cluster)
            && isMadeOfJobs(stage)
            && most > SmallJob.MOST_BYTES
            && inputBytes <= most
            && new SaidProperties(cluster).origin(MRJobConfig.JOB_UBERTASK_ENABLE).isEmpty()
            // what is to be kept from others, or got by tokens that the job there would not ask for
            && !cluster.getBoolean(MRJobConfig.MR_ENCRYPTED_INTERMEDIATE_DATA, false)
            && !UserGroupInformation.isSecurityEnabled();
    if (!isPossible) {
      return Fit.NONE;
    }
    return inputBytes > SmallJob.MOST_BYTES ? Fit.WORTH_ONE : Fit.WHERE_ONE_STANDS;
  }

  /** Others have their maps work together, or decide on the way. */
  private static boolean isMadeOfJobs(StageKind stage) {
    return switch (stage) {
      case CLEAN, PARTIALS, FEATURES, JOIN, SCORE -> true;
      case TRAINING, TRAIN -> false;
    };
  }

  /**
   * How large a container to ask for, where the cluster has such. It is no larger than the input
   * needs, for YARN lets masters have a share of the cluster only.
   *
   * @param inputBytes of the jobs that run in it at once
   */
  static OptionalLong memoryMib(long inputBytes, LargestContainer largest) {
    long wanted = Math.max(LEAST_CONTAINER_MIB, BASE_MIB + inputBytes * MEMORY_PER_INPUT / MIB);
    long container = Math.min(Math.min(CONTAINER_MIB, wanted), largest.memoryMib());
    return container < LEAST_CONTAINER_MIB || largest.vcores() < CORES
        ? OptionalLong.empty()
        : OptionalLong.of(container);
  }

  /**
   * The configuration for jobs that run in such a container.
   *
   * @param atOnce how many of them share its memory
   */
  static Configuration jobs(Configuration cluster, long containerMib, int atOnce) {
    Configuration jobs = new Configuration(cluster);
    long heap = heapMib(containerMib) * MIB;
    LocalRuntime.fit(jobs, CORES, heap);
    jobs.set(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
    if (atOnce > 1) {
      LocalRuntime.share(jobs, atOnce, heap);
    }
    return jobs;
  }

  private static long heapMib(long containerMib) {
    return containerMib - containerMib / BESIDE_HEAP_SHARE;
  }

  /** The configuration for a job of one task, in the application master's process. */
  static Configuration master(Configuration cluster, long containerMib) {
    Configuration master = new Configuration(cluster);
    master.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, true);
    master.setInt(MRJobConfig.JOB_UBERTASK_MAXMAPS, 1);
    master.setLong(MRJobConfig.JOB_UBERTASK_MAXBYTES, Long.MAX_VALUE);
    // what a lost container has left is not mended by another, but by another try of the stage
    master.setInt(MRJobConfig.MAP_MAX_ATTEMPTS, 1);
    master.setInt(MRJobConfig.MR_AM_MAX_ATTEMPTS, 1);
    master.setBoolean(MRJobConfig.MAP_SPECULATIVE, false);
    for (String memory : List.of(MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.MAP_MEMORY_MB)) {
      master.setLong(memory, containerMib);
    }
    for (String cores : List.of(MRJobConfig.MR_AM_CPU_VCORES, MRJobConfig.MAP_CPU_VCORES)) {
      master.setInt(cores, CORES);
    }
    master.set(MRJobConfig.MR_AM_COMMAND_OPTS, masterOptions(master, containerMib));
    return master;
  }

  /**
   * Behind all that is said of JVMs that do little: this one works for longer, on two cores. A
   * collector that somebody has chosen stays.
   */
  private static String masterOptions(Configuration job, long containerMib) {
    String said = job.get(MRJobConfig.MR_AM_COMMAND_OPTS, MRJobConfig.DEFAULT_MR_AM_COMMAND_OPTS);
    String admins = job.get(MRJobConfig.MR_AM_ADMIN_COMMAND_OPTS, "");
    String collector =
        COLLECTOR.matcher(admins + " " + said).find() ? "" : " -XX:-UseSerialGC -XX:+UseParallelGC";
    return "%s %s%s -XX:ActiveProcessorCount=%d -Xmx%dm"
        .formatted(said, COMPILERS, collector, CORES, heapMib(containerMib));
  }
}
