package io.millrace.run;

import io.millrace.job.io.TaskLibrary;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageGraph;
import io.millrace.warehouse.LeaseTiming;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * The containers that a run keeps for whole jobs: which jobs run there, how large they are, and how
 * many: one where the run makes one date, else at most as many as it makes dates at once.
 * Thread-safe.
 */
final class KeptContainers implements AutoCloseable {
  /** An idle one may have what others wait for in the cluster's queue. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

  private final Workspace workspace;
  private final Resources resources;
  private final TaskJars jars;
  private final RunContext context;
  private final Duration heartbeat;
  private final ContainerPool pool = new ContainerPool(this::start);
  private volatile OptionalLong memoryMib = OptionalLong.empty();

  KeptContainers(Workspace workspace, Resources resources, TaskJars jars, RunContext context) {
    this.workspace = workspace;
    this.resources = resources;
    this.jars = jars;
    this.context = context;
    heartbeat = LeaseTiming.of(workspace.configuration()).heartbeat();
  }

  /** Learns what the run is about to make, and begins to start a container that it will need. */
  synchronized void expect(StageGraph graph) throws IOException {
    long[] bytes = graph.expectedBytes();
    List<PlannedStage> stages = graph.stages();
    List<Long> largest =
        IntStream.range(0, bytes.length)
            .filter(i -> fit(stages.get(i), bytes[i]) == OneContainer.Fit.WORTH_ONE)
            .mapToObj(i -> bytes[i])
            .sorted(Comparator.reverseOrder())
            .limit(KeptContainer.PLACES)
            .toList();
    int dates = (int) stages.stream().map(PlannedStage::date).distinct().count();
    pool.allow(Math.min(context.parallel(), dates));
    if (!largest.isEmpty()) {
      startFor(largest.stream().mapToLong(Long::longValue).sum());
    }
  }

  /**
   * The configuration for the jobs of a stage that is about to be made, where they are to run here.
   *
   * @param alone whether no other stage of the run is made meanwhile
   */
  synchronized Optional<Configuration> configuration(PlannedStage stage, long bytes, boolean alone)
      throws IOException {
    boolean isHere =
        switch (fit(stage, bytes)) {
          case WORTH_ONE -> startFor(bytes);
          case WHERE_ONE_STANDS -> pool.isAny();
          case NONE -> false;
        };
    int atOnce = alone ? 1 : KeptContainer.PLACES;
    return isHere
        ? Optional.of(OneContainer.jobs(workspace.configuration(), memoryMib.orElseThrow(), atOnce))
        : Optional.empty();
  }

  private OneContainer.Fit fit(PlannedStage stage, long bytes) {
    return resources.areWished(stage.stage())
        ? OneContainer.Fit.NONE
        : OneContainer.fit(workspace.configuration(), stage.stage().kind(), bytes);
  }

  /** Starts a container where there is none; returns whether the cluster has such. */
  private boolean startFor(long bytes) throws IOException {
    if (memoryMib.isEmpty()) {
      memoryMib = OneContainer.memoryMib(bytes, resources.largest());
    }
    if (memoryMib.isPresent()) {
      pool.startFirst();
    }
    return memoryMib.isPresent();
  }

  private KeptContainer start() {
    long memory = memoryMib.orElseThrow();
    return KeptContainer.start(() -> submit(memory), heartbeat, LONGEST_IDLE);
  }

  private Job submit(long memory) throws IOException, InterruptedException {
    Configuration master = OneContainer.master(workspace.configuration(), memory);
    JobTags.addOfContainer(master, context.run());
    resources.queue().ifPresent(queue -> master.set(MRJobConfig.QUEUE_NAME, queue.value()));
    resources.priority().ifPresent(said -> master.set(MRJobConfig.PRIORITY, said.value()));
    if (workspace.pipeline().spec().score().isPresent()) {
      TaskLibrary.ONNX_RUNTIME.require(master);
    }
    Job job = KeptContainer.job(master, "jobs of " + context.run());
    jars.addTo(job);
    try {
      job.submit();
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot submit " + job.getJobName(), e);
    }
    return job;
  }

  /** What runs the jobs. */
  JobExecution jobs() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
