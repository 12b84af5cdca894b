package io.millrace.run;

import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageGraph;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the jobs of a run's stages run: in this process, spread over a cluster, or whole in a
 * container that the run keeps. Thread-safe.
 */
final class JobPlaces implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobPlaces.class);

  private final Workspace workspace;
  private final Workspace besideOthers;
  private final Resources resources;
  private final JobRunner jobs;
  private final KeptContainers containers;

  JobPlaces(Workspace workspace, RunContext context) {
    this.workspace = workspace;
    besideOthers = LocalRuntime.sharing(workspace, context.parallel());
    resources = new Resources(workspace);
    TaskJars jars = new TaskJars(workspace.configuration());
    jobs = new JobRunner(jars);
    containers = new KeptContainers(workspace, resources, jars, context);
  }

  /**
   * A place.
   *
   * @param workspace with the configuration for the jobs
   * @param resources that they ask for
   */
  record JobPlace(Workspace workspace, Resources resources, JobExecution jobs) {}

  /** Learns what the run is about to make, so that what takes a while can begin. */
  void expect(StageGraph graph) {
    try {
      containers.expect(graph);
    } catch (IOException e) {
      // it is tried again where it is needed, and that is where failures are told of
      LOG.debug("Cannot start a container before there is a job for it", e);
    }
  }

  /**
   * The place for the jobs of a stage that is about to be made.
   *
   * @param inputBytes what each reads, about
   * @param alone whether no other stage of the run is made meanwhile: then it has all memory
   */
  JobPlace of(PlannedStage stage, long inputBytes, boolean alone) throws IOException {
    Optional<Configuration> whole = containers.configuration(stage, inputBytes, alone);
    if (whole.isEmpty()) {
      return new JobPlace(alone ? workspace : besideOthers, resources, jobs);
    }
    Workspace inContainer = workspace.with(whole.get());
    return new JobPlace(inContainer, new Resources(inContainer), containers.jobs());
  }

  @Override
  public void close() {
    containers.close();
  }
}
