package io.millrace.run;

import io.millrace.job.io.TaskLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the jars that tasks need on the cluster's file system, once for all jobs and runs, in a
 * folder of the user's own. A jar is named by its content and comes into being by a rename, so that
 * it is there whole or not at all, and never changes: YARN brings it to each node once. Beside each
 * lies an empty file whose time says when it was last in use; jars that no run has used for {@link
 * #UNUSED} are deleted when another is put. Thread-safe.
 */
final class TaskJars {
  /** Configuration key: the folder; one of the user's home folder where it is not set. */
  static final String FOLDER = "millrace.jars-path";

  static final Duration UNUSED = Duration.ofDays(30);
  static final Duration DEAD = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(TaskJars.class);
  private static final String DEFAULT_FOLDER = ".millrace/jars";
  private static final String LOCAL = "file";
  private static final String JAR = ".jar";
  private static final String USED = ".used";
  private static final String BEING_WRITTEN = "_";
  private static final FsPermission OWNER_ONLY = new FsPermission((short) 0700);
  private static final Duration PRECISION = Duration.ofDays(1);

  private final Path folder;
  private final Configuration configuration;
  private final Clock clock;
  private final Map<String, Optional<Path>> known = new HashMap<>();

  TaskJars(Configuration configuration) {
    this(new Path(configuration.get(FOLDER, DEFAULT_FOLDER)), configuration, Clock.systemUTC());
  }

  /**
   * @param folder where it is relative, below the user's home folder
   */
  TaskJars(Path folder, Configuration configuration, Clock clock) {
    this.folder = folder;
    this.configuration = configuration;
    this.clock = clock;
  }

  /**
   * Lets a job's tasks find their jars there instead of in the job jar, which is then not copied.
   * Leaves the job as it is where it runs in this process, has no jar of this machine, or the
   * cluster's file system is this machine's.
   */
  void addTo(Job job) throws IOException {
    Configuration of = job.getConfiguration();
    String jar = of.get(MRJobConfig.JAR);
    if (LocalRuntime.isLocal(of) || jar == null || !isOfThisMachine(new Path(jar).toUri())) {
      return;
    }
    if (isOfThisMachine(FileSystem.getDefaultUri(of))) {
      return;
    }
    java.nio.file.Path jobJar = java.nio.file.Path.of(new Path(jar).toUri().getPath());
    List<JarPart> parts = new ArrayList<>(List.of(JarPart.tasks(jobJar)));
    TaskLibrary.requiredBy(of).forEach(library -> parts.add(JarPart.of(library, jobJar)));
    List<URI> files = new ArrayList<>();
    for (JarPart part : parts) {
      Optional<Path> placed = place(part);
      if (placed.isEmpty()) {
        return;
      }
      files.add(URI.create(placed.get().toUri() + "#millrace-" + part.name() + JAR));
    }
    // containers have all jars of their working folder on their class path
    files.forEach(job::addCacheFile);
    of.unset(MRJobConfig.JAR);
  }

  private static boolean isOfThisMachine(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals(LOCAL);
  }

  /** Where a part lies, or nothing where it cannot be put. */
  private synchronized Optional<Path> place(JarPart part) {
    Optional<Path> placed = known.get(part.toString());
    if (placed == null) {
      try {
        placed = Optional.of(put(part));
      } catch (IOException e) {
        LOG.warn(
            "Cannot keep the jars of tasks in {} ({}): the job jar travels with each job; -D{}=… names another folder",
            folder,
            e.getMessage(),
            FOLDER);
        placed = Optional.empty();
      }
      known.put(part.toString(), placed);
    }
    return placed;
  }

  /** Finds a part by its name, or puts it. */
  Path put(JarPart part) throws IOException {
    String name = part.contentName();
    FileSystem fileSystem = folder.getFileSystem(configuration);
    Path home = fileSystem.getHomeDirectory();
    Path place = fileSystem.makeQualified(folder.isAbsolute() ? folder : new Path(home, folder));
    Path jar = new Path(place, name + JAR);
    Map<String, FileStatus> listing = list(fileSystem, place);
    if (!listing.containsKey(jar.getName())) {
      write(part, jar, fileSystem);
      markUsed(fileSystem, place, name);
      deleteUnused(fileSystem, place, list(fileSystem, place));
    } else if (isOlder(listing.get(name + USED), PRECISION)) {
      markUsed(fileSystem, place, name);
    }
    return jar;
  }

  private static Map<String, FileStatus> list(FileSystem fileSystem, Path place)
      throws IOException {
    Map<String, FileStatus> listing = new HashMap<>();
    try {
      for (FileStatus status : fileSystem.listStatus(place)) {
        listing.put(status.getPath().getName(), status);
      }
    } catch (FileNotFoundException e) {
      fileSystem.mkdirs(place, OWNER_ONLY);
    }
    return listing;
  }

  private void write(JarPart part, Path jar, FileSystem fileSystem) throws IOException {
    Path written = new Path(jar.getParent(), BEING_WRITTEN + UUID.randomUUID() + JAR);
    try {
      try (OutputStream out = fileSystem.create(written, false)) {
        part.writeTo(out);
      }
      FileContext.getFileContext(jar.toUri(), configuration).rename(written, jar, Rename.NONE);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("another run was faster to put {}", jar);
    } finally {
      // there only where it was not renamed
      fileSystem.delete(written, false);
    }
  }

  private static void markUsed(FileSystem fileSystem, Path place, String name) throws IOException {
    fileSystem.create(new Path(place, name + USED), true).close();
  }

  private void deleteUnused(FileSystem fileSystem, Path place, Map<String, FileStatus> listing)
      throws IOException {
    for (FileStatus status : listing.values()) {
      String file = status.getPath().getName();
      if (!file.endsWith(JAR)) {
        continue;
      }
      String name = file.substring(0, file.length() - JAR.length());
      FileStatus used = listing.getOrDefault(name + USED, status);
      if (isOlder(used, file.startsWith(BEING_WRITTEN) ? DEAD : UNUSED)) {
        fileSystem.delete(status.getPath(), false);
        fileSystem.delete(new Path(place, name + USED), false);
      }
    }
  }

  private boolean isOlder(@Nullable FileStatus status, Duration age) {
    return status == null || clock.millis() - status.getModificationTime() > age.toMillis();
  }
}
