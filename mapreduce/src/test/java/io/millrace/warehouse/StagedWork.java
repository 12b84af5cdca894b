package io.millrace.warehouse;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import io.millrace.plan.RecordedDefinition;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Stands in for a job: fills a staging with files, and says so in manifests. */
final class StagedWork {
  private static final String FILE = "part-r-00000.avro";

  private StagedWork() {}

  /** One file a data set, which holds the text. */
  static List<Manifest> fill(Warehouse warehouse, Staging staging, String text) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (String dataSet : staging.stage().dataSets()) {
      write(warehouse.fileSystem(), new Path(new Path(staging.output(), dataSet), FILE), text);
      DataFile file = new DataFile(FILE, text.length(), 1, 0);
      manifests.add(manifest(staging.run(), dataSet, staging.date(), List.of(file)));
    }
    return manifests;
  }

  static void write(FileSystem fileSystem, Path path, String text) throws IOException {
    try (OutputStream out = fileSystem.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  static Manifest manifest(String run, String dataSet, LocalDate date, List<DataFile> files) {
    return new Manifest(
        Manifest.CURRENT_FORMAT,
        run,
        "stage",
        date,
        dataSet,
        "f".repeat(64),
        "e".repeat(64),
        new TreeMap<>(Map.of("amount", "d".repeat(64))),
        new RecordedDefinition(1, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
        List.of(),
        List.of(),
        files,
        "0123456789abcdef",
        null,
        new TreeMap<>(Map.of("records", 1L)),
        List.of(),
        null,
        Instant.EPOCH);
  }

  /** Begins, fills and publishes, as the only run that lives. */
  static void publish(Warehouse warehouse, String run, Unit unit, String text) throws IOException {
    publish(warehouse, run, unit, text, step -> {});
  }

  /** The same, watched. */
  static void publish(
      Warehouse warehouse, String run, Unit unit, String text, CommitStep.Listener listener)
      throws IOException {
    try (Committer committer = onlyLiving(warehouse, run, listener)) {
      Staging staging = begin(committer, unit);
      committer.publish(staging, fill(warehouse, staging, text));
    }
  }

  /** A committer of a run to which all others are dead. */
  static Committer onlyLiving(Warehouse warehouse, String run, CommitStep.Listener listener)
      throws IOException {
    return new Committer(warehouse, run, "run by a test", onlyLiving().withListener(listener));
  }

  static RunEnvironment onlyLiving() {
    return RunEnvironment.of(LeaseTiming.of(new Configuration(false)))
        .withProcesses(process -> true);
  }

  /** Settles what all runs have left. */
  static void settle(Warehouse warehouse, StageId stage) throws IOException {
    try (Committer committer = onlyLiving(warehouse, "run-settler", step -> {})) {
      committer.settleLeftovers(List.of(stage));
    }
  }

  /** Begins without waiting. */
  static Staging begin(Committer committer, Unit unit) throws IOException {
    try {
      return committer.begin(unit, Duration.ZERO, holder -> {});
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
  }

  /** What lies where nothing is to be left when all runs are over. */
  static List<String> leftovers(Warehouse warehouse) throws IOException {
    List<String> left = new ArrayList<>();
    for (Path root : List.of(warehouse.stagingRoot(), warehouse.leaseRoot())) {
      if (warehouse.fileSystem().exists(root)) {
        for (FileStatus status : warehouse.fileSystem().listStatus(root)) {
          left.add(status.getPath().toString());
        }
      }
    }
    return left;
  }
}
