package io.millrace.run;

import io.millrace.job.io.TaskReport;
import io.millrace.plan.Alongside;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.Path;

/** What is particular to a kind of stage; {@link StageRunner} does what they have in common. */
interface StageWork {
  /** The work on a stage whose job makes nothing else. */
  static StageWork of(StageId stage, Workspace workspace) {
    return of(stage, workspace, Alongside.nothing());
  }

  /**
   * The work on a stage.
   *
   * @param alongside what its job makes too, of clean alone
   */
  static StageWork of(StageId stage, Workspace workspace, Alongside alongside) {
    return switch (stage.kind()) {
      case CLEAN -> new CleanWork(workspace, alongside);
      case PARTIALS -> new PartialsWork(workspace, stage.group().orElseThrow());
      case FEATURES -> new FeaturesWork(workspace, stage.group().orElseThrow());
      case JOIN -> new JoinWork(workspace);
      case TRAINING -> new TrainingWork(workspace);
      case TRAIN -> new TrainWork(workspace);
      case SCORE -> new ScoreWork(workspace);
    };
  }

  /**
   * Makes the stage's data sets below the staging's output.
   *
   * @return the counts of it, by their names
   * @throws StageFailedException where that cannot be done
   */
  SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException;

  /**
   * Checks the counts before anything is published.
   *
   * @return the limit that was exceeded, or an empty text
   * @throws StageFailedException where records were lost
   */
  default String check(PlannedStage stage, SortedMap<String, Long> counts) {
    return "";
  }

  /**
   * Makes, when the job is done, what it has left to be made.
   *
   * @param report of all tasks; what is made is added to it
   */
  default void finish(PlannedStage stage, Path output, TaskReport report) throws IOException {
    // most stages are done with their job
  }

  /**
   * Makes known elsewhere, just before the partition is published, what goes with it. A run that
   * dies between the two does it again, so that it has to find what is there already.
   *
   * @return notes for a person
   */
  default List<String> register(PlannedStage stage, Staging staging) throws IOException {
    return List.of();
  }

  /** What it was made of, where that was not its inputs; known once it is made. */
  default Optional<MadeOf> madeOf() {
    return Optional.empty();
  }

  /** The schema of each data set. */
  Map<String, Schema> schemas();

  /** Whether the files of a data set are buckets of entities. */
  boolean isBucketed(String dataSet);

  /** What a person should know of the counts. */
  default List<String> notes(SortedMap<String, Long> counts) {
    return List.of();
  }
}
