package io.millrace.warehouse;

import io.millrace.landing.Place;
import io.millrace.landing.Sight;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;

/**
 * The input of a date on its file system. Hidden files, which are not read as input, count as
 * changes too: they are what somebody writes who is about to rename it.
 */
public final class LandingPlace implements Place {
  private final Path place;
  private final Path folder;
  private final Optional<String> flag;
  private final FileSystem fileSystem;
  private final boolean hasFolders;
  private final StampingClock clock;

  /**
   * The input of a date.
   *
   * @param place a path with the date filled in: a folder, a file or a glob
   * @param folder what a done-flag would lie in; empty where the place is a glob from its start
   * @param warehouse whose file system can be asked for its time, where it is that of the input
   * @throws IOException where its file system cannot be reached
   */
  public LandingPlace(String place, String folder, Optional<String> flag, Warehouse warehouse)
      throws IOException {
    Path written = new Path(place);
    fileSystem = written.getFileSystem(warehouse.configuration());
    this.place = fileSystem.makeQualified(written);
    this.folder = fileSystem.makeQualified(new Path(folder.isEmpty() ? "." : folder));
    this.flag = flag;
    // folders of an object store are made up, and so are their times
    hasFolders = Renaming.of(fileSystem, warehouse.configuration()) == Renaming.ATOMIC;
    clock = new StampingClock(warehouse, fileSystem, this.folder);
  }

  @Override
  public Sight look() throws IOException {
    try {
      Look look = new Look();
      look.at(place);
      return new Sight(look.files, look.inputFiles, Instant.ofEpochMilli(look.newest), flagged());
    } catch (IOException e) {
      throw new IOException("Cannot look for input in %s: %s".formatted(place, e.getMessage()), e);
    }
  }

  private boolean flagged() throws IOException {
    if (flag.isEmpty()) {
      return false;
    }
    FileStatus status = RawInput.status(fileSystem, new Path(folder, flag.get()));
    return status != null && status.isFile();
  }

  @Override
  public Optional<Instant> clock() {
    return clock.now();
  }

  @Override
  public Optional<String> openFile(Sight sight) throws IOException {
    // a file of HDFS bears the time at which it was begun for as long as it is written
    if (fileSystem instanceof LeaseRecoverable leases) {
      for (String file : sight.files().keySet()) {
        if (isOpen(leases, new Path(file))) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOpen(LeaseRecoverable leases, Path file) throws IOException {
    try {
      return !leases.isFileClosed(file);
    } catch (FileNotFoundException e) {
      // renamed or deleted meanwhile; the next look shows it
      return true;
    }
  }

  /** Whether one file stands where a folder of the date is meant, so that no flag can be in it. */
  public boolean isOneFile() throws IOException {
    FileStatus status = RawInput.status(fileSystem, folder);
    return status != null && status.isFile();
  }

  @Override
  public String toString() {
    return place.toString();
  }

  /** One walk over all that is there. */
  private final class Look {
    private final SortedMap<String, Sight.Trace> files = new TreeMap<>();
    private final Set<Path> noted = new HashSet<>();
    private int inputFiles;
    private long newest;

    void at(Path place) throws IOException {
      FileStatus literal = RawInput.status(fileSystem, place);
      if (literal != null) {
        Path base = literal.isDirectory() ? place : place.getParent();
        add(literal, base);
        noteFolders(literal.isDirectory() ? place : base, base);
        return;
      }
      FileStatus[] matches = fileSystem.globStatus(place);
      if (matches == null) {
        return;
      }
      Path base = RawInput.fixedPart(place);
      for (FileStatus match : matches) {
        if (!RawInput.isHidden(base, match.getPath())) {
          add(match, base);
          noteFolders(match.getPath().getParent(), base);
        }
      }
    }

    private void add(FileStatus status, Path base) throws IOException {
      if (status.isFile()) {
        long modified = status.getModificationTime();
        files.put(
            status.getPath().toString(),
            new Sight.Trace(status.getLen(), Instant.ofEpochMilli(modified)));
        newest = Math.max(newest, modified);
        inputFiles += RawInput.isHidden(base, status.getPath()) ? 0 : 1;
        return;
      }
      noteFolder(status);
      for (FileStatus child : children(status.getPath())) {
        add(child, base);
      }
    }

    /** A file that is moved in may bear an old time, but its folder is changed by that. */
    private void noteFolders(Path from, Path base) throws IOException {
      Path next = from;
      while (next != null && next.depth() >= base.depth() && noted.add(next)) {
        FileStatus status = RawInput.status(fileSystem, next);
        if (status != null) {
          noteFolder(status);
        }
        next = next.getParent();
      }
    }

    private void noteFolder(FileStatus status) {
      if (hasFolders) {
        newest = Math.max(newest, status.getModificationTime());
      }
    }

    private FileStatus[] children(Path folder) throws IOException {
      try {
        return fileSystem.listStatus(folder);
      } catch (IOException e) {
        // a local folder that goes while it is listed counts as an error there
        if (!(e instanceof FileNotFoundException) && fileSystem.exists(folder)) {
          throw e;
        }
        return new FileStatus[0];
      }
    }
  }
}
