package io.millrace.run;

import io.millrace.job.io.LandingInputFormat;
import io.millrace.plan.JobLoad;
import io.millrace.plan.JobResources;
import io.millrace.plan.JobResources.Tasks;
import io.millrace.plan.ResourceSizing;
import io.millrace.plan.Wishes.Wish;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * What the jobs of a stage ask for, in Hadoop's properties. A property that the user has set is
 * left alone.
 */
final class StageResources {
  private static final int MERGED_AT_ONCE = 64;

  private final Resources resources;
  private final SaidProperties said;
  private final ResourceSizing sizing;
  private final List<JobResources> jobs;
  private int next;

  /**
   * @param jobs of the stage, as far as they are known before it begins
   */
  StageResources(
      Resources resources, SaidProperties said, ResourceSizing sizing, List<JobResources> jobs) {
    this.resources = resources;
    this.said = said;
    this.sizing = sizing;
    this.jobs = jobs;
  }

  /** What a job with such a load asks for. */
  JobResources of(JobLoad load) {
    return sizing.of(load);
  }

  /** Sets what a job asks for whose load became known on the way. */
  void apply(JobLoad load, Configuration job) {
    apply(of(load), job);
  }

  /** Sets what the next job of the stage asks for. */
  void applyNext(Configuration job) {
    apply(jobs.get(next++), job);
  }

  /**
   * Sets what a job of the stage asks for.
   *
   * @param load its name among the loads of the stage
   */
  void apply(String load, Configuration job) {
    apply(
        jobs.stream()
            .filter(asked -> asked.job().equals(load))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find the resources of job %s: there are those of %s"
                            .formatted(load, jobs.stream().map(JobResources::job).toList()))),
        job);
  }

  private void apply(JobResources asked, Configuration job) {
    resources.queue().ifPresent(queue -> job.set(MRJobConfig.QUEUE_NAME, queue.value()));
    resources.priority().ifPresent(priority -> job.set(MRJobConfig.PRIORITY, priority.value()));
    asked.split().ifPresent(split -> setSplit(split, job));
    if (asked.reduces().isPresent()) {
      boolean compressed = !resources.isLocal() || !LocalRuntime.hasRoomFor(asked.shuffledBytes());
      compressMapOutput(compressed, job);
    }
    if (resources.isLocal()) {
      limitLocally(LocalJobRunner.LOCAL_MAX_MAPS, asked.maps().running(), job);
      asked
          .reduces()
          .ifPresent(
              reduces -> limitLocally(LocalJobRunner.LOCAL_MAX_REDUCES, reduces.running(), job));
      return;
    }
    setMaps(asked.maps(), job);
    asked.reduces().ifPresent(reduces -> setReduces(asked.maps(), reduces, job));
    asked
        .slowStart()
        .ifPresent(
            share ->
                setUnlessSaid(
                    MRJobConfig.COMPLETED_MAPS_FOR_REDUCE_SLOWSTART, Double.toString(share), job));
  }

  private void setSplit(Wish split, Configuration job) {
    String bytes = Long.toString(split.value());
    setUnlessByUser(LandingInputFormat.SPLIT_BYTES, bytes, job);
    setUnlessByUser(FileInputFormat.SPLIT_MINSIZE, bytes, job);
    setUnlessByUser(FileInputFormat.SPLIT_MAXSIZE, bytes, job);
  }

  private static void limitLocally(String property, Optional<Wish> running, Configuration job) {
    running.ifPresent(
        most -> job.setLong(property, Math.min(most.value(), job.getLong(property, 1))));
  }

  private void setMaps(Tasks maps, Configuration job) {
    job.setLong(MRJobConfig.MAP_MEMORY_MB, maps.memory().value());
    job.set(MRJobConfig.MAP_JAVA_OPTS, javaOptions(MRJobConfig.MAP_JAVA_OPTS, maps));
    maps.vcores().ifPresent(most -> job.setLong(MRJobConfig.MAP_CPU_VCORES, most.value()));
    maps.running().ifPresent(most -> job.setLong(MRJobConfig.JOB_RUNNING_MAP_LIMIT, most.value()));
  }

  private void setReduces(Tasks maps, Tasks reduces, Configuration job) {
    job.setLong(MRJobConfig.IO_SORT_MB, maps.bufferMib());
    setUnlessByUser(
        MRJobConfig.MAP_SORT_SPILL_PERCENT, Double.toString(ResourceSizing.SPILL_SHARE), job);
    setUnlessByUser(MRJobConfig.IO_SORT_FACTOR, Integer.toString(MERGED_AT_ONCE), job);
    job.setLong(MRJobConfig.REDUCE_MEMORY_MB, reduces.memory().value());
    job.set(MRJobConfig.REDUCE_JAVA_OPTS, javaOptions(MRJobConfig.REDUCE_JAVA_OPTS, reduces));
    reduces.vcores().ifPresent(most -> job.setLong(MRJobConfig.REDUCE_CPU_VCORES, most.value()));
    reduces
        .running()
        .ifPresent(most -> job.setLong(MRJobConfig.JOB_RUNNING_REDUCE_LIMIT, most.value()));
    String share = Double.toString((double) reduces.bufferMib() / reduces.heapMib());
    setUnlessByUser(MRJobConfig.SHUFFLE_INPUT_BUFFER_PERCENT, share, job);
    // what has arrived in memory stays there until it is reduced: a share of that memory, whatever
    // Hadoop's page of its defaults says
    setUnlessByUser(MRJobConfig.REDUCE_INPUT_BUFFER_PERCENT, "1.0", job);
  }

  /** By a codec that needs no native library of Hadoop's; it costs no more CPU than it saves. */
  private void compressMapOutput(boolean compressed, Configuration job) {
    setUnlessSaid(MRJobConfig.MAP_OUTPUT_COMPRESS, Boolean.toString(compressed), job);
    setUnlessSaid(MRJobConfig.MAP_OUTPUT_COMPRESS_CODEC, SnappyCodec.class.getName(), job);
  }

  /**
   * The options of a task's JVM with its heap. On one core, the collector with one thread takes the
   * least memory beside the heap; a JVM would count the cores of the whole node.
   */
  private String javaOptions(String property, Tasks tasks) {
    String others = said.javaOptionsWithoutHeap(property);
    boolean oneCore = tasks.vcores().map(Wish::value).orElse(1L) == 1;
    String collector = oneCore && !others.contains("-XX:+Use") ? " -XX:+UseSerialGC" : "";
    return (others + collector + " -Xmx" + tasks.heapMib() + "m").strip();
  }

  private void setUnlessByUser(String property, String value, Configuration job) {
    if (!said.isByUser(property)) {
      job.set(property, value);
    }
  }

  /** What the cluster's administrators say counts too. */
  private void setUnlessSaid(String property, String value, Configuration job) {
    if (said.origin(property).isEmpty()) {
      job.set(property, value);
    }
  }
}
