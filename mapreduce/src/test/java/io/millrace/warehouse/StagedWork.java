package io.millrace.warehouse;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import io.millrace.plan.RecordedDefinition;
import io.millrace.plan.StageId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Begins, fills and publishes. */
  static void publish(
      Warehouse warehouse,
      Committer committer,
      String run,
      StageId stage,
      LocalDate date,
      String text)
      throws IOException {
    Staging staging = committer.begin(run, stage, date);
    committer.publish(staging, fill(warehouse, staging, text));
  }
}
