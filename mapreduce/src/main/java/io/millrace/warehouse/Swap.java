package io.millrace.warehouse;

import io.millrace.plan.StageId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tells a partition that does not exist from one that is being replaced this instant: its old one
 * has been moved away, and somebody holds the lease who will put the new one there, or the old one
 * back.
 */
final class Swap {
  private final Warehouse warehouse;
  private final FileSystem fileSystem;

  Swap(Warehouse warehouse) {
    this.warehouse = warehouse;
    fileSystem = warehouse.fileSystem();
  }

  /** Whether a partition that is not there has been moved away by a run that may still live. */
  boolean isUnderWay(String dataSet, LocalDate date) throws IOException {
    Optional<StageId> stage = StageId.making(dataSet);
    if (stage.isEmpty() || atWork(dataSet, date).isEmpty()) {
      return false;
    }
    Set<String> runs = Set.copyOf(names(warehouse.stagingRoot()));
    for (String run : runs) {
      if (isReplaced(warehouse.stagingPath(run, stage.get(), date), dataSet)) {
        return true;
      }
    }
    // what a dead run has moved aside may have gone, meanwhile, to a run that was looked at before
    return !runs.equals(Set.copyOf(names(warehouse.stagingRoot())));
  }

  /** The runs that have the lease of what makes a data set, of which at most one is alive. */
  Set<String> atWork(String dataSet, LocalDate date) throws IOException {
    Optional<StageId> stage = StageId.making(dataSet);
    return stage.isEmpty() ? Set.of() : Set.copyOf(names(leases(stage.get(), date)));
  }

  private boolean isReplaced(Path staging, String dataSet) throws IOException {
    CommitFolder commit = CommitFolder.of(staging);
    if (fileSystem.exists(new Path(commit.replaced(), dataSet))) {
      return true;
    }
    for (String run : names(commit.taken())) {
      if (isReplaced(new Path(commit.taken(), run), dataSet)) {
        return true;
      }
    }
    return false;
  }

  private Path leases(StageId stage, LocalDate date) {
    return new Path(warehouse.leasePath(stage), Warehouse.dateFolder(date));
  }

  private List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return names;
  }
}
