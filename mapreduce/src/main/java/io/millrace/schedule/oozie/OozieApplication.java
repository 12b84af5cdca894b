package io.millrace.schedule.oozie;

import io.millrace.schedule.Block;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Step;
import io.millrace.spec.ScheduleSpec;
import io.millrace.spec.SourceSpec.Landed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the application of a pipeline: what lies in one folder, but for spec and job jar. */
public final class OozieApplication {
  public static final String JOB_PROPERTIES = "job.properties";
  public static final String BUNDLE = "bundle.xml";
  public static final String COORDINATOR = "coordinator.xml";
  public static final String WORKFLOW = "workflow.xml";
  public static final String TRAINING_COORDINATOR = "training-coordinator.xml";
  public static final String TRAINING_WORKFLOW = "training-workflow.xml";

  /** Where the spec lies, and the files that it names. */
  public static final String SPEC_FOLDER = "pipeline/";

  private final ScheduledPipeline pipeline;
  private final ApplicationPlace place;
  private final Settings settings;
  private final Optional<DatedFolder> folder;

  private OozieApplication(ScheduledPipeline pipeline, ApplicationPlace place) {
    this.pipeline = pipeline;
    this.place = place;
    settings =
        new Settings(
            pipeline.settings(), place.nameNode(), pipeline.landing().path(), pipeline.warehouse());
    folder = DatedFolder.of(pipeline.landing().path(), settings);
  }

  /**
   * The files of an application, by their names. The same input gives the same text.
   *
   * @throws IllegalArgumentException where Oozie could not run it; the message tells a person why
   */
  public static SortedMap<String, String> render(
      ScheduledPipeline pipeline, ApplicationPlace place) {
    return new OozieApplication(pipeline, place).files();
  }

  private SortedMap<String, String> files() {
    Coordinators coordinators =
        new Coordinators(pipeline.clock(), pipeline.from(), settings.uri(pipeline.warehouse()));
    SortedMap<String, String> files = new TreeMap<>();
    files.put(JOB_PROPERTIES, JobProperties.render(pipeline, place, settings));
    files.put(BUNDLE, Bundle.render(pipeline));
    files.put(COORDINATOR, new NightCoordinator(pipeline, coordinators, folder).render());
    files.put(WORKFLOW, night().render());
    pipeline
        .training()
        .ifPresent(
            training -> {
              files.put(
                  TRAINING_COORDINATOR,
                  new TrainingCoordinator(pipeline, training, coordinators).render());
              files.put(
                  TRAINING_WORKFLOW,
                  workflow(
                          "the training",
                          "The training of %s on one date (${date}): rows with features and labels, and a model of them."
                              .formatted(pipeline.name()),
                          training.work(),
                          false,
                          false)
                      .render());
            });
    return Collections.unmodifiableSortedMap(files);
  }

  private Workflow night() {
    boolean isFlagged = pipeline.landing().landed() instanceof Landed.DoneFlag;
    boolean waits = !isFlagged || folder.isEmpty();
    Block work = pipeline.night().work();
    Block all =
        waits
            ? Block.sequence(
                List.of(new Block.One(new Step.Await(pipeline.landing().patience())), work))
            : work;
    return workflow(
        "the night",
        "A night of %s: what landed on one date (${date}) is worked off, stage by stage."
            .formatted(pipeline.name()),
        all,
        pipeline.night().mayLackModel(),
        waits && folder.isPresent());
  }

  private Workflow workflow(
      String title, String what, Block work, boolean mayLackModel, boolean looks) {
    ScheduleSpec schedule = pipeline.schedule();
    return new Workflow(
        pipeline.name(),
        title,
        what,
        work,
        mayLackModel,
        looks,
        SPEC_FOLDER + pipeline.files().spec(),
        settings.expressions(),
        schedule);
  }
}
