package io.millrace.run;

import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageGraph;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the jobs of a run's stages run: in this process, spread over a cluster, or whole in a
 * container that the run keeps. Thread-safe.
 */
final class JobPlaces implements AutoCloseable {
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

  /** Learns what the run is about to make. */
  void expect(StageGraph graph) throws IOException {
    containers.expect(graph);
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
    return new JobPlace(inContainer, new Resources(inContainer), containers);
  }

  @Override
  public void close() {
    containers.close();
  }
}
