package io.millrace.run;

import io.millrace.plan.JobLoad;
import io.millrace.plan.JobResources;
import io.millrace.plan.Origin;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.ResourceSizing;
import io.millrace.plan.StageId;
import io.millrace.plan.StageLoads;
import io.millrace.plan.Wishes;
import io.millrace.spec.ResourcesSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * What the jobs of a pipeline ask a cluster for. What the command line says counts before what
 * {@code pipeline.yaml} says, that before the cluster's configuration files, and where all are
 * silent it follows from the input.
 */
public final class Resources {
  private final Workspace workspace;
  private final ResourcesSpec spec;
  private final SaidProperties said;
  private Optional<LargestContainer> largest = Optional.empty();

  public Resources(Workspace workspace) {
    this.workspace = workspace;
    spec = workspace.pipeline().spec().resources();
    said = new SaidProperties(workspace.configuration());
  }

  /** A word of the configuration, and who has said it. */
  public record Said(String value, Origin origin) {}

  /** Whether jobs run in this process, which no container is asked for. */
  public boolean isLocal() {
    return LocalRuntime.isLocal(workspace.configuration());
  }

  /** The queue of all jobs, where somebody says. */
  public Optional<Said> queue() {
    return said(MRJobConfig.QUEUE_NAME, spec.queue());
  }

  /** The priority of all jobs, where somebody says. */
  public Optional<Said> priority() {
    return said(MRJobConfig.PRIORITY, spec.priority().map(ResourcesSpec.Priority::name));
  }

  private Optional<Said> said(String property, Optional<String> bySpec) {
    Optional<Said> hadoops =
        said.origin(property)
            .map(origin -> new Said(workspace.configuration().get(property, ""), origin));
    return hadoops
        .filter(found -> found.origin() == Origin.COMMAND_LINE)
        .or(() -> bySpec.map(value -> new Said(value, Origin.SPEC)))
        .or(() -> hadoops);
  }

  /**
   * What the jobs of a stage ask for, in the order in which they run; at least, where an input is
   * still to be made.
   */
  public List<JobResources> of(PlannedStage stage) {
    return of(stage, OptionalLong.empty());
  }

  private List<JobResources> of(PlannedStage stage, OptionalLong largestMib) {
    Wishes wishes = wishes(stage.stage());
    ResourceSizing sizing = new ResourceSizing(wishes, largestMib);
    List<JobLoad> loads =
        new StageLoads(workspace.making(stage).pipeline(), wishes, tasksOfProcess()).of(stage);
    return loads.stream().map(sizing::of).toList();
  }

  private ResourceSizing sizing(PlannedStage stage, OptionalLong largestMib) {
    return new ResourceSizing(wishes(stage.stage()), largestMib);
  }

  private Wishes wishes(StageId stage) {
    return said.wishes(Origin.COMMAND_LINE, stage.kind())
        .or(Wishes.of(spec.of(stage.toString())))
        .or(said.wishes(Origin.SITE, stage.kind()));
  }

  private OptionalInt tasksOfProcess() {
    return isLocal()
        ? OptionalInt.of(workspace.configuration().getInt(LocalJobRunner.LOCAL_MAX_MAPS, 1))
        : OptionalInt.empty();
  }

  /**
   * The resources of a stage that is about to run, all of whose inputs stand.
   *
   * @throws StageFailedException where it asks for more than the cluster gives to any task
   */
  StageResources ready(PlannedStage stage) throws IOException {
    List<PlannedInput> inputs = new ArrayList<>();
    for (PlannedInput input : stage.inputs()) {
      inputs.add(
          input.bytes().isPresent()
              ? input
              : input.as(workspace.warehouse().open(input.dataSet(), input.date()).manifest()));
    }
    PlannedStage known = stage.reading(inputs);
    if (isLocal()) {
      return new StageResources(this, said, sizing(stage, OptionalLong.empty()), of(known));
    }
    LargestContainer most = largest();
    OptionalLong largestMib = OptionalLong.of(most.memoryMib());
    List<JobResources> jobs = of(known, largestMib);
    for (JobResources job : jobs) {
      most.check(stage.stage(), job);
    }
    return new StageResources(this, said, sizing(stage, largestMib), jobs);
  }

  /** Whether somebody but the cluster's administrators says what tasks of a stage are to get. */
  boolean areWished(StageId stage) {
    Wishes bySpec = Wishes.of(spec.of(stage.toString()));
    return !said.wishes(Origin.COMMAND_LINE, stage.kind()).or(bySpec).wishes().isEmpty();
  }

  synchronized LargestContainer largest() throws IOException {
    if (largest.isEmpty()) {
      largest = Optional.of(LargestContainer.of(workspace.configuration()));
    }
    return largest.get();
  }
}
