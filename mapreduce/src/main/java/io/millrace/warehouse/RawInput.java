package io.millrace.warehouse;

import io.millrace.plan.FileRead;
import io.millrace.plan.RawDay;
import io.millrace.plan.RawFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lists the raw input of a date, which is a folder with all that lies below it, one file, or a
 * glob. Names that start with {@code _} or {@code .} are passed over, and what lies below such
 * folders. Thread-safe.
 */
public final class RawInput {
  private final Configuration configuration;

  public RawInput(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * The files of a place, with their checksums.
   *
   * @param place a path with the date filled in
   * @param known files whose checksum is known: where name, length and modification time are
   *     unchanged, the file is not read
   * @throws IOException where something is there and cannot be read
   */
  public RawDay list(String place, List<FileRead> known) throws IOException {
    Listing listing = files(place);
    try {
      return listing.present()
          ? new RawDay(true, withChecksums(listing.fileSystem(), listing.found(), known))
          : RawDay.absent();
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private record Listing(FileSystem fileSystem, boolean present, List<Found> found) {}

  private Listing files(String place) throws IOException {
    try {
      Path path = new Path(place);
      FileSystem fileSystem = path.getFileSystem(configuration);
      List<Found> found = new ArrayList<>();
      boolean present = find(fileSystem, fileSystem.makeQualified(path), found);
      return new Listing(fileSystem, present, found);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(place, e);
    }
  }

  private static IOException unreadable(String place, Exception cause) {
    return new IOException(
        "Cannot read raw input %s: %s".formatted(place, cause.getMessage()), cause);
  }

  /**
   * Whether there are files in a place; cheaper than to list them.
   *
   * @throws IOException where something is there and cannot be read
   */
  public boolean hasFiles(String place) throws IOException {
    return !files(place).found().isEmpty();
  }

  private record Found(String name, FileStatus status) {}

  private static boolean find(FileSystem fileSystem, Path place, List<Found> found)
      throws IOException {
    FileStatus literal = status(fileSystem, place);
    if (literal != null) {
      Path base = literal.isDirectory() ? place : place.getParent();
      add(fileSystem, literal, base, found);
      return true;
    }
    FileStatus[] matches = fileSystem.globStatus(place);
    if (matches == null || matches.length == 0) {
      return false;
    }
    Path base = fixedPart(place);
    for (FileStatus match : matches) {
      if (!isHidden(base, match.getPath())) {
        add(fileSystem, match, base, found);
      }
    }
    return true;
  }

  static @Nullable FileStatus status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private static void add(FileSystem fileSystem, FileStatus status, Path base, List<Found> found)
      throws IOException {
    if (!status.isDirectory()) {
      found.add(new Found(relativeName(base, status.getPath()), status));
      return;
    }
    for (FileStatus child : fileSystem.listStatus(status.getPath())) {
      if (!isHidden(child.getPath().getName())) {
        add(fileSystem, child, base, found);
      }
    }
  }

  /** The folder above the first part of a glob that is not a plain name. */
  static Path fixedPart(Path glob) {
    Path fixed = glob;
    for (Path part = glob; part.getParent() != null; part = part.getParent()) {
      if (part.getName().matches(".*[*?\\[\\]{}\\\\].*")) {
        fixed = part.getParent();
      }
    }
    return fixed;
  }

  static String relativeName(Path base, Path path) {
    String folder = base.toUri().getPath();
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    return path.toUri().getPath().substring(prefix.length());
  }

  static boolean isHidden(Path base, Path path) {
    for (String name : relativeName(base, path).split("/", -1)) {
      if (isHidden(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private List<RawFile> withChecksums(
      FileSystem fileSystem, List<Found> found, List<FileRead> known) throws IOException {
    Map<String, FileRead> knownByName =
        known.stream().collect(Collectors.toMap(FileRead::name, Function.identity()));
    Map<Path, Long> checksums = new HashMap<>();
    List<FileStatus> unknown = new ArrayList<>();
    for (Found file : found) {
      FileRead before = knownByName.get(file.name());
      if (before != null && isUnchanged(file.status(), before)) {
        checksums.put(file.status().getPath(), before.crc32c());
      } else {
        unknown.add(file.status());
      }
    }
    checksums.putAll(new FileChecksums(configuration).of(fileSystem, unknown));
    return found.stream().map(file -> rawFile(file, checksums)).toList();
  }

  private static RawFile rawFile(Found file, Map<Path, Long> checksums) {
    FileStatus status = file.status();
    return new RawFile(
        file.name(),
        status.getLen(),
        status.getModificationTime(),
        Objects.requireNonNull(checksums.get(status.getPath())),
        status.getPath().toString());
  }

  private static boolean isUnchanged(FileStatus status, FileRead known) {
    return known.length() == status.getLen()
        && known.modifiedMillis() == status.getModificationTime();
  }
}
