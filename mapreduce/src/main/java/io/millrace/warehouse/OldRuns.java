package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Deletes what is kept of runs that ended long ago: record, quarantine and fits half done. What
 * lies beside them and is no run's stays, and so does what may belong to a run that goes on.
 */
public final class OldRuns {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Warehouse warehouse;
  private final FileSystem fileSystem;

  public OldRuns(Warehouse warehouse) {
    this.warehouse = warehouse;
    fileSystem = warehouse.fileSystem();
  }

  /** The name of a run that begins: its time, then what tells it from others of that time. */
  public static String name(Instant begins, String suffix) {
    return RUN_TIME.format(begins) + "-" + suffix;
  }

  /**
   * Deletes those of which nothing has changed for so long.
   *
   * @return their names
   */
  public List<String> delete(Instant now, Duration keep) throws IOException {
    Instant oldest = now.minus(keep);
    List<Path> old = new ArrayList<>();
    for (FileStatus status : list(warehouse.runPath("any").getParent())) {
      boolean isOld =
          begin(status.getPath().getName()).filter(oldest::isAfter).isPresent()
              && oldest.isAfter(Instant.ofEpochMilli(status.getModificationTime()));
      if (isOld) {
        old.add(status.getPath());
      }
    }
    List<String> deleted = new ArrayList<>();
    if (!old.isEmpty()) {
      Set<String> withWork = runsWithWork();
      for (Path run : old) {
        if (!withWork.contains(run.getName())) {
          fileSystem.delete(run, true);
          deleted.add(run.getName());
        }
      }
    }
    return deleted;
  }

  /**
   * Deletes what fits have left that nobody has gone on with for so long: the spec or the data are
   * others now.
   */
  public void deleteFits(Instant now, Duration keep) throws IOException {
    Instant oldest = now.minus(keep);
    for (FileStatus fit : list(warehouse.fitRoot())) {
      if (oldest.isAfter(Instant.ofEpochMilli(fit.getModificationTime()))) {
        fileSystem.delete(fit.getPath(), true);
      }
    }
  }

  private static Optional<Instant> begin(String run) {
    int end = run.indexOf('-');
    try {
      return end < 0
          ? Optional.empty()
          : Optional.of(RUN_TIME.parse(run.substring(0, end), Instant::from));
    } catch (DateTimeParseException e) {
      // somebody else's folder
      return Optional.empty();
    }
  }

  private Set<String> runsWithWork() throws IOException {
    Set<String> runs = new HashSet<>();
    for (FileStatus status : list(warehouse.stagingRoot())) {
      runs.add(HolderName.run(status.getPath().getName()));
    }
    return runs;
  }

  private FileStatus[] list(Path folder) throws IOException {
    try {
      return fileSystem.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
