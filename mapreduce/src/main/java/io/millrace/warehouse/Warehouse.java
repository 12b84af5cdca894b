package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import io.millrace.plan.StageId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a warehouse, for readers; {@link Committer} publishes them. The layout is that
 * of avro/README.md. Thread-safe.
 */
public final class Warehouse {
  private static final String SUCCESS = "_SUCCESS";
  private static final String DATE_PREFIX = "dt=";
  // the two renames of a replacement take a moment; a run that died between them is not waited for
  private static final long PAUSE_MILLIS = 50;
  private static final int LOOKS = 60;
  private static final int MOST_MANIFESTS_KEPT = 4096;

  private final Path root;
  private final Configuration configuration;
  private final FileSystem fileSystem;
  private final Renaming renaming;
  private final Swap swap;
  private final ManifestReader manifests = new ManifestReader(MOST_MANIFESTS_KEPT);

  /**
   * A warehouse, which need not exist yet.
   *
   * @throws IOException where the path names a file system that cannot be reached
   */
  public Warehouse(Path root, Configuration configuration) throws IOException {
    try {
      this.fileSystem = root.getFileSystem(configuration);
    } catch (IOException | RuntimeException e) {
      // a scheme whose class is not there comes as a RuntimeException
      throw new IOException("Cannot reach the warehouse %s: %s".formatted(root, e.getMessage()), e);
    }
    this.root = fileSystem.makeQualified(root);
    this.renaming = Renaming.of(fileSystem, configuration);
    this.configuration = configuration;
    swap = new Swap(this);
  }

  /** Sets up what reads manifests, of any warehouse: the first one takes a while. */
  public static void prepareReading() {
    ManifestCodec.prepareReading();
  }

  public Path root() {
    return root;
  }

  public Configuration configuration() {
    return configuration;
  }

  /** The file system that the warehouse lies on. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** How folders are renamed there, and so how partitions are published. */
  public Renaming renaming() {
    return renaming;
  }

  /** Where a partition stands or would stand. */
  public Path partitionPath(String dataSet, LocalDate date) {
    return new Path(dataSetPath(dataSet), dateFolder(date));
  }

  /** Where the work of a run on a stage lies, one folder a date. */
  Path stagingPath(String run, StageId stage) {
    return stagePath(stagingRoot(), run, stage);
  }

  /** Where the work of a run lies while it is not published. */
  public Path stagingPath(String run, StageId stage, LocalDate date) {
    return new Path(stagePath(stagingRoot(), run, stage), dateFolder(date));
  }

  /** Where the leases of a stage lie, one folder a date. */
  Path leasePath(StageId stage) {
    return new Path(leaseRoot(), stage.toString());
  }

  /** What is kept of a run when it is over. */
  public Path runPath(String run) {
    return new Path(new Path(root, "_runs"), run);
  }

  /**
   * Where a fit keeps what lets it go on should it be killed.
   *
   * @param fingerprint of the stage that fits
   */
  public Path fitPath(String fingerprint) {
    return new Path(fitRoot(), fingerprint);
  }

  /**
   * The manifest of a partition, or empty where the partition does not stand. Costs one open; where
   * it does not stand, some more calls, and a partition that is being replaced is waited for.
   *
   * @throws IOException where the manifest cannot be read or understood
   */
  public Optional<Manifest> manifest(String dataSet, LocalDate date) throws IOException {
    Optional<Manifest> found = standing(dataSet, date);
    for (int look = 0; found.isEmpty() && look < LOOKS && !isAbsent(dataSet, date); look++) {
      if (swap.isUnderWay(dataSet, date)) {
        pause();
      }
      found = standing(dataSet, date);
    }
    return found;
  }

  /**
   * Whether a partition does not stand, rather than being replaced at each look. A run replaces it
   * once: it was not there, that run is not at it, it still was not there, and no other run came.
   */
  private boolean isAbsent(String dataSet, LocalDate date) throws IOException {
    Set<String> atWork = swap.atWork(dataSet, date);
    return standing(dataSet, date).isEmpty()
        && (atWork.isEmpty()
            || (!swap.isUnderWay(dataSet, date) && standing(dataSet, date).isEmpty()))
        && atWork.equals(swap.atWork(dataSet, date));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a partition was being replaced");
    }
  }

  /** The same at this very instant, in which it may be between two renames. */
  Optional<Manifest> standing(String dataSet, LocalDate date) throws IOException {
    Path file = manifestFile(partitionPath(dataSet, date));
    try (InputStream in = open(file)) {
      byte[] bytes = in.readAllBytes();
      // some object stores show a file before anything is in it
      return renaming == Renaming.COPY && bytes.length == 0
          ? Optional.empty()
          : Optional.of(manifests.read(bytes, file.toString()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * A partition to read.
   *
   * @throws FileNotFoundException where it does not stand
   */
  public Partition open(String dataSet, LocalDate date) throws IOException {
    Path folder = partitionPath(dataSet, date);
    Manifest manifest =
        manifest(dataSet, date)
            .orElseThrow(
                () ->
                    new FileNotFoundException(
                        "Cannot read %s/dt=%s: there is no %s"
                            .formatted(dataSet, date, manifestFile(folder))));
    return new Partition(folder, manifest);
  }

  private InputStream open(Path file) throws IOException {
    try {
      return fileSystem.open(file);
    } catch (FileNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "Cannot read the warehouse %s: %s".formatted(root, firstLine(e.getMessage())), e);
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason was given" : message.lines().findFirst().orElse("");
  }

  /** The dates of a data set's partitions, oldest first. Costs one listing. */
  public List<LocalDate> dates(String dataSet) throws IOException {
    List<LocalDate> dates = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(dataSetPath(dataSet))) {
        date(status.getPath().getName()).ifPresent(dates::add);
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.sort(dates);
    return dates;
  }

  Path dataSetPath(String dataSet) {
    return new Path(root, dataSet);
  }

  Path stagingRoot() {
    return new Path(root, "_staging");
  }

  Path fitRoot() {
    return new Path(root, "_fits");
  }

  Path leaseRoot() {
    return new Path(root, "_leases");
  }

  static Path manifestFile(Path partition) {
    return new Path(partition, SUCCESS);
  }

  private static Path stagePath(Path base, String run, StageId stage) {
    return new Path(new Path(base, run), stage.toString());
  }

  static String dateFolder(LocalDate date) {
    return DATE_PREFIX + date;
  }

  /** The date of a folder that is named after one. */
  static Optional<LocalDate> date(String folder) {
    if (!folder.startsWith(DATE_PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(folder.substring(DATE_PREFIX.length())));
    } catch (DateTimeParseException e) {
      // a folder of somebody else, such as Hive's default partition
      return Optional.empty();
    }
  }
}
