package io.millrace.warehouse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The clock by which a file system stamps its files, read off a file that is written to the
 * warehouse. Can be read where input and warehouse lie on one file system.
 */
final class StampingClock {
  private static final String LOCAL_SCHEME = "file";

  private final Warehouse warehouse;
  private final FileSystem fileSystem;
  private final Path other;

  /**
   * @param other a folder whose files are to be stamped by the same clock
   */
  StampingClock(Warehouse warehouse, FileSystem fileSystem, Path other) {
    this.warehouse = warehouse;
    this.fileSystem = fileSystem;
    this.other = other;
  }

  /** What it says now; empty where another one stamps the other folder, or nobody can know. */
  Optional<Instant> now() {
    try {
      FileSystem own = warehouse.fileSystem();
      own.mkdirs(warehouse.root());
      if (!isOneFileSystem(own.resolvePath(warehouse.root()), fileSystem.resolvePath(other))) {
        return Optional.empty();
      }
      Path file = new Path(warehouse.root(), "_clock-" + UUID.randomUUID());
      try {
        own.create(file, false).close();
        return Optional.of(Instant.ofEpochMilli(own.getFileStatus(file).getModificationTime()));
      } finally {
        own.delete(file, false);
      }
    } catch (IOException e) {
      // no permission to write, for one: there are other ways to see that input has settled
      return Optional.empty();
    }
  }

  private static boolean isOneFileSystem(Path one, Path other) throws IOException {
    URI first = one.toUri();
    URI second = other.toUri();
    if (!(first.getScheme() + "://" + first.getAuthority())
        .equals(second.getScheme() + "://" + second.getAuthority())) {
      return false;
    }
    return !LOCAL_SCHEME.equals(first.getScheme())
        || Files.getFileStore(local(first)).equals(Files.getFileStore(local(second)));
  }

  private static java.nio.file.Path local(URI path) {
    return java.nio.file.Path.of(path.getPath());
  }
}
