package io.millrace.run;

import io.millrace.plan.StageId;
import io.millrace.plan.StageKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Jobs of middling input on a cluster. A container costs seconds of CPU before it begins to work,
 * and a job has one for each map and reduce; what two cores work off in the time that it takes to
 * start them all is done whole in one container: the job's tasks run there side by side, in one
 * process, as they do on one machine. A job says by its configuration that it is meant to.
 */
final class OneContainer {
  /** Configuration key: up to how many bytes of input; 0: never. */
  static final String MOST_BYTES = "millrace.one-container-bytes";

  private static final long MIB = 1L << 20;
  private static final long DEFAULT_MOST_BYTES = 512 * MIB;
  private static final int CORES = 2;
  private static final long CONTAINER_MIB = 3072;
  private static final long LEAST_CONTAINER_MIB = 2048;

  /** Of a container, what a JVM takes beside its heap, ONNX Runtime's buffers among it. */
  private static final int BESIDE_HEAP_SHARE = 4;

  private static final String FRAMEWORK = "millrace.one-container.framework";
  private static final String CONTAINER = "millrace.one-container.mib";
  private static final String INNER = "millrace.one-container.inner.";

  /** What the job in the container has of its own, and the one around it has otherwise. */
  private static final List<String> EXCHANGED =
      List.of(
          MRJobConfig.INPUT_FORMAT_CLASS_ATTR,
          MRJobConfig.MAP_CLASS_ATTR,
          MRJobConfig.NUM_REDUCES,
          MRJobConfig.OUTPUT_FORMAT_CLASS_ATTR,
          MRJobConfig.CACHE_FILES);

  /** What Hadoop notes of cache files as it submits a job. */
  private static final List<String> NOTED =
      List.of(
          MRJobConfig.CACHE_FILE_TIMESTAMPS,
          MRJobConfig.CACHE_FILES_SIZES,
          MRJobConfig.CACHE_FILE_VISIBILITIES,
          MRJobConfig.CACHE_LOCALFILES);

  /** For a process of two cores and some seconds, as scripts/millrace has it, and says why. */
  private static final String COMPILERS =
      "-XX:TieredStopAtLevel=4 -XX:Tier4InvocationThreshold=50000"
          + " -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000"
          + " -XX:Tier4BackEdgeThreshold=400000 -XX:MaxInlineLevel=9 -XX:InlineSmallCode=1500";

  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(?!Serial)\\w+GC\\b");

  private OneContainer() {}

  /**
   * The configuration for the jobs of a stage that are to run in one container each, or nothing
   * where its tasks are to be spread: there is little or much input, somebody has said what tasks
   * are to get, or the cluster has no such containers.
   */
  static Optional<Configuration> of(
      Configuration cluster, StageId stage, long inputBytes, Resources resources)
      throws IOException {
    boolean isWanted = isWanted(cluster, stage.kind(), inputBytes) && !resources.areWished(stage);
    return isWanted ? of(cluster, resources.largest()) : Optional.empty();
  }

  static boolean isWanted(Configuration cluster, StageKind stage, long inputBytes) {
    return !LocalRuntime.isLocal(cluster)
        && isMadeOfJobs(stage)
        && inputBytes > SmallJob.MOST_BYTES
        && inputBytes <= cluster.getLongBytes(MOST_BYTES, DEFAULT_MOST_BYTES)
        && new SaidProperties(cluster).origin(MRJobConfig.JOB_UBERTASK_ENABLE).isEmpty()
        // what is to be kept from others, or got by tokens that the job inside would not ask for
        && !cluster.getBoolean(MRJobConfig.MR_ENCRYPTED_INTERMEDIATE_DATA, false)
        && !UserGroupInformation.isSecurityEnabled();
  }

  /** The configuration for containers that a cluster has, where it has them. */
  static Optional<Configuration> of(Configuration cluster, LargestContainer largest) {
    long container = Math.min(CONTAINER_MIB, largest.memoryMib());
    if (container < LEAST_CONTAINER_MIB || largest.vcores() < CORES) {
      return Optional.empty();
    }
    Configuration jobs = new Configuration(cluster);
    jobs.set(FRAMEWORK, cluster.get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME));
    jobs.setLong(CONTAINER, container);
    LocalRuntime.fit(jobs, CORES, heapMib(container) * MIB);
    jobs.set(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
    return Optional.of(jobs);
  }

  /** Others have their maps work together, or decide on the way. */
  private static boolean isMadeOfJobs(StageKind stage) {
    return switch (stage) {
      case CLEAN, PARTIALS, FEATURES, JOIN, SCORE -> true;
      case TRAINING, TRAIN -> false;
    };
  }

  private static long heapMib(long containerMib) {
    return containerMib - containerMib / BESIDE_HEAP_SHARE;
  }

  /** Whether a job is meant to run in one container. */
  static boolean isFor(Job job) {
    return job.getConfiguration().get(FRAMEWORK) != null;
  }

  /**
   * The job to submit instead: of one task, in the application master's process, that runs the
   * given one.
   */
  static Job around(Job inner) throws IOException {
    Configuration outer = new Configuration(inner.getConfiguration());
    for (String property : EXCHANGED) {
      String value = outer.getRaw(property);
      if (value != null) {
        outer.set(INNER + property, value);
      }
    }
    outer.set(MRConfig.FRAMEWORK_NAME, outer.get(FRAMEWORK));
    outer.unset(FRAMEWORK);
    outer.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, true);
    outer.setInt(MRJobConfig.JOB_UBERTASK_MAXMAPS, 1);
    outer.setLong(MRJobConfig.JOB_UBERTASK_MAXBYTES, Long.MAX_VALUE);
    // what a lost container has left is not mended by another, but by another try of the stage
    outer.setInt(MRJobConfig.MAP_MAX_ATTEMPTS, 1);
    outer.setInt(MRJobConfig.MR_AM_MAX_ATTEMPTS, 1);
    outer.setBoolean(MRJobConfig.MAP_SPECULATIVE, false);
    long container = outer.getLong(CONTAINER, CONTAINER_MIB);
    for (String memory : List.of(MRJobConfig.MR_AM_VMEM_MB, MRJobConfig.MAP_MEMORY_MB)) {
      outer.setLong(memory, container);
    }
    for (String cores : List.of(MRJobConfig.MR_AM_CPU_VCORES, MRJobConfig.MAP_CPU_VCORES)) {
      outer.setInt(cores, CORES);
    }
    outer.set(MRJobConfig.MR_AM_COMMAND_OPTS, masterOptions(outer, container));
    Job job = Job.getInstance(outer, inner.getJobName());
    job.setJarByClass(OneContainer.class);
    job.setInputFormatClass(JobInOneTask.OneSplit.class);
    job.setMapperClass(JobInOneTask.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    return job;
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

  /** In the container: the job that is to run, of the configuration of the one around it. */
  static Job inner(Configuration outer) throws IOException {
    Configuration inner = new Configuration(outer);
    NOTED.forEach(inner::unset);
    for (String property : EXCHANGED) {
      String value = outer.getRaw(INNER + property);
      if (value == null) {
        inner.unset(property);
      } else {
        inner.set(property, value);
      }
    }
    inner.set(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME);
    LocalRuntime.workIn(inner, LocalRuntime.temporaryFolder());
    return Job.getInstance(inner, outer.get(MRJobConfig.JOB_NAME));
  }
}
