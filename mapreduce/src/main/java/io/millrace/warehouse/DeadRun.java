package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What a run that died has left of its work on a stage of a date. Its staging and trash are first
 * moved out of its reach, should it only have slept. Then, where its main partition is in place,
 * the commit is finished, otherwise undone. Each step looks at what lies there, so that this can
 * itself die at any of them and be done again.
 */
final class DeadRun {
  private static final String TAKEN_SUFFIX = ".dead";

  private final Warehouse warehouse;
  private final CommitFiles files;
  private final CommitStep.Listener listener;
  private final String run;
  private final StageId stage;
  private final LocalDate date;
  private final Path staging;
  private final Path trash;
  private final Path takenStaging;
  private final Path takenTrash;

  DeadRun(
      Warehouse warehouse,
      CommitFiles files,
      CommitStep.Listener listener,
      String run,
      StageId stage,
      LocalDate date) {
    this.warehouse = warehouse;
    this.files = files;
    this.listener = listener;
    this.run = run;
    this.stage = stage;
    this.date = date;
    staging = warehouse.stagingPath(run, stage, date);
    trash = warehouse.trashPath(run, stage, date);
    takenStaging = staging.suffix(TAKEN_SUFFIX);
    takenTrash = trash.suffix(TAKEN_SUFFIX);
  }

  /** Finishes or undoes what it has left, if anything; returns whether there was something. */
  boolean settle() throws IOException {
    boolean leftNothing =
        !files.exists(staging)
            && !files.exists(trash)
            && !files.exists(takenStaging)
            && !files.exists(takenTrash);
    if (leftNothing) {
      return false;
    }
    take(Action.TAKE_STAGING, staging, takenStaging);
    take(Action.TAKE_TRASH, trash, takenTrash);
    if (!isPublished()) {
      undo();
    }
    step(Action.DELETE_TRASH, "");
    files.delete(takenTrash, warehouse.trashRoot());
    step(Action.DELETE_STAGING, "");
    // tasks of the dead run that are still alive may have made its folder again
    files.delete(staging, warehouse.stagingRoot());
    files.delete(takenStaging, warehouse.stagingRoot());
    return true;
  }

  private void take(Action action, Path folder, Path taken) throws IOException {
    if (files.exists(folder) && !files.exists(taken)) {
      step(action, "");
      files.rename(folder, taken);
    }
  }

  private boolean isPublished() throws IOException {
    return isInPlace(stage.mainDataSet());
  }

  /** Whether a partition of this run went from its staging to its place. */
  private boolean isInPlace(String dataSet) throws IOException {
    boolean isOfThisRun =
        warehouse.manifest(dataSet, date).map(Manifest::run).filter(run::equals).isPresent();
    return isOfThisRun && !files.exists(staged(dataSet));
  }

  /** Puts back what was replaced, the main partition first. */
  private void undo() throws IOException {
    List<String> dataSets = new ArrayList<>(stage.dataSets());
    Collections.reverse(dataSets);
    for (String dataSet : dataSets) {
      Path place = warehouse.partitionPath(dataSet, date);
      if (files.exists(takenStaging) && isInPlace(dataSet)) {
        step(Action.MOVE_NEW_BACK, dataSet);
        files.rename(place, staged(dataSet));
      }
      Path replaced = new Path(takenTrash, dataSet);
      if (files.exists(replaced) && !files.exists(place)) {
        step(Action.MOVE_OLD_BACK, dataSet);
        files.rename(replaced, place);
      }
    }
  }

  private Path staged(String dataSet) {
    return new Path(Staging.output(takenStaging), dataSet);
  }

  private void step(Action action, String dataSet) {
    listener.before(new CommitStep(action, dataSet));
  }
}
