package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what a stage has made. A reader of a partition sees the old one, the new one, or for an
 * instant none; never a part or a mixture. Whatever the step at which a run died, the next {@link
 * #begin} finishes or undoes its commit. From {@link #publish} on no call creates parents, so that
 * a run whose work was taken away cannot go on. Thread-safe; one for all stages of a run.
 */
public final class Committer {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final Warehouse warehouse;
  private final CommitFiles files;
  private final CommitStep.Listener listener;

  public Committer(Warehouse warehouse) throws IOException {
    this(warehouse, step -> {});
  }

  /**
   * A committer that can be watched.
   *
   * @param listener told of each step before it is taken
   */
  public Committer(Warehouse warehouse, CommitStep.Listener listener) throws IOException {
    this.warehouse = warehouse;
    this.files = new CommitFiles(warehouse);
    this.listener = listener;
  }

  /**
   * Takes up the work on a stage of a date: settles what dead runs have left of it, then makes the
   * folders that the commit will need.
   */
  public Staging begin(String run, StageId stage, LocalDate date) throws IOException {
    recover(stage, date);
    Staging staging =
        new Staging(
            run,
            stage,
            date,
            warehouse.stagingPath(run, stage, date),
            warehouse.trashPath(run, stage, date));
    files.makeFolder(staging.folder());
    files.makeFolder(staging.trash());
    for (String dataSet : stage.dataSets()) {
      files.makeFolder(warehouse.dataSetPath(dataSet));
      files.makeFolder(new Path(staging.trash(), dataSet).getParent());
    }
    return staging;
  }

  /**
   * Puts the data sets of a stage into their places, the main one last.
   *
   * @param manifests of all of the stage's data sets
   * @throws IOException where it could not be done; what was done of it is undone by the next run
   */
  public void publish(Staging staging, List<Manifest> manifests) throws IOException {
    List<Manifest> ordered = inOrder(staging, manifests);
    try {
      for (Manifest manifest : ordered) {
        step(Action.WRITE_MANIFEST, manifest.dataSet());
        files.writeManifest(staging, manifest);
      }
      for (Manifest manifest : ordered) {
        publish(staging, manifest.dataSet());
      }
    } catch (IOException e) {
      String cause =
          files.exists(staging.folder()) ? e.getMessage() : "another run has taken it over";
      throw new IOException(
          "Cannot publish %s/dt=%s: %s".formatted(staging.stage(), staging.date(), cause), e);
    }
    cleanUp(staging);
  }

  /** Gives up the work: nothing of it is published. */
  public void discard(Staging staging) throws IOException {
    files.delete(staging.trash(), warehouse.trashRoot());
    files.delete(staging.folder(), warehouse.stagingRoot());
  }

  /**
   * Moves a data set that is not going to be published to where a person can look at it.
   *
   * @return where it lies now, below {@code _runs/<run>/quarantine}
   */
  public Path keepQuarantine(Staging staging, String dataSet) throws IOException {
    Path kept =
        new Path(
            new Path(
                new Path(warehouse.runPath(staging.run()), "quarantine"),
                staging.stage().toString()),
            staging.folder().getName());
    files.makeFolder(kept.getParent());
    files.rename(new Path(staging.output(), dataSet), kept);
    return kept;
  }

  /**
   * Finishes or undoes the commits of all runs that died while they worked on a stage of a date.
   *
   * @return whether there were any; what was planned before is then to be planned again
   */
  public boolean recover(StageId stage, LocalDate date) throws IOException {
    SortedSet<String> runs = new TreeSet<>(files.names(warehouse.stagingRoot()));
    runs.addAll(files.names(warehouse.trashRoot()));
    boolean found = false;
    for (String run : runs) {
      found |= new DeadRun(warehouse, files, listener, run, stage, date).settle();
    }
    return found;
  }

  private void publish(Staging staging, String dataSet) throws IOException {
    Path place = warehouse.partitionPath(dataSet, staging.date());
    step(Action.MOVE_OLD_AWAY, dataSet);
    if (files.exists(place)) {
      files.rename(place, new Path(staging.trash(), dataSet));
    } else {
      files.checkExists(staging.trash());
    }
    step(Action.MOVE_NEW_IN, dataSet);
    files.rename(new Path(staging.output(), dataSet), place);
  }

  /** The stage is published by now, so that trouble here is no failure of it. */
  private void cleanUp(Staging staging) {
    try {
      step(Action.DELETE_TRASH, "");
      files.delete(staging.trash(), warehouse.trashRoot());
      step(Action.DELETE_STAGING, "");
      files.delete(staging.folder(), warehouse.stagingRoot());
    } catch (IOException e) {
      LOG.warn("Cannot delete {}, the next run will: {}", staging.folder(), e.getMessage());
    }
  }

  private void step(Action action, String dataSet) {
    listener.before(new CommitStep(action, dataSet));
  }

  private static List<Manifest> inOrder(Staging staging, List<Manifest> manifests) {
    List<String> dataSets = staging.stage().dataSets();
    List<Manifest> ordered =
        dataSets.stream()
            .flatMap(dataSet -> manifests.stream().filter(m -> m.dataSet().equals(dataSet)))
            .toList();
    boolean complete = ordered.size() == dataSets.size() && manifests.size() == dataSets.size();
    boolean sameRun =
        manifests.stream()
            .allMatch(m -> m.run().equals(staging.run()) && m.date().equals(staging.date()));
    if (!complete || !sameRun) {
      throw new IllegalArgumentException(
          "Cannot publish %s/dt=%s of run %s: expected manifests of %s, found %s"
              .formatted(
                  staging.stage(),
                  staging.date(),
                  staging.run(),
                  dataSets,
                  manifests.stream()
                      .map(m -> "%s/dt=%s of run %s".formatted(m.dataSet(), m.date(), m.run()))
                      .toList()));
    }
    return ordered;
  }
}
