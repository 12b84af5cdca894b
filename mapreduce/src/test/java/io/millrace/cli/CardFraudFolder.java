package io.millrace.cli;

import io.millrace.example.CardFraudGenerator;
import io.millrace.example.CardFraudSettings;
import io.millrace.example.DefectCounts;
import io.millrace.example.Examples;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The example card-fraud in a folder of its own, on any file system: spec, schema, landing files,
 * warehouse. Commands on it get {@code options} added.
 */
record CardFraudFolder(FileSystem fileSystem, Path home, List<String> options) {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  /** Writes the spec and its schema. */
  static CardFraudFolder create(FileSystem fileSystem, Path home, List<String> options)
      throws IOException {
    CardFraudFolder folder =
        new CardFraudFolder(fileSystem, fileSystem.makeQualified(home), List.copyOf(options));
    Examples.named("card-fraud")
        .orElseThrow()
        .write(file -> fileSystem.create(new Path(folder.home, file)));
    return folder;
  }

  /** The same on this machine's file system. */
  static CardFraudFolder create(java.nio.file.Path home, String... options) throws IOException {
    return create(local(), new Path(home.toUri()), List.of(options));
  }

  /** This machine's file system without Hadoop's files of checksums. */
  static FileSystem local() throws IOException {
    return FileSystem.getLocal(new org.apache.hadoop.conf.Configuration()).getRaw();
  }

  /** The same folder, its commands with other options. */
  CardFraudFolder with(String... others) {
    return new CardFraudFolder(fileSystem, home, List.of(others));
  }

  List<DefectCounts> generate(CardFraudSettings settings) throws IOException {
    return new CardFraudGenerator(settings)
        .generate(name -> fileSystem.create(new Path(landing(), name), true));
  }

  Path spec() {
    return new Path(home, "pipeline.yaml");
  }

  Path landing() {
    return new Path(home, "landing");
  }

  Path warehouse() {
    return new Path(home, "warehouse");
  }

  Path partition(String dataSet, LocalDate date) {
    return new Path(warehouse(), dataSet + "/dt=" + date);
  }

  /** Changes the spec's text, which must have {@code old} in it. */
  void edit(String old, String replacement) throws IOException {
    String text = text(spec());
    if (!text.contains(old)) {
      throw new IllegalArgumentException("Cannot edit the spec: there is no " + old);
    }
    write(spec(), text.replace(old, replacement));
  }

  void write(Path file, String text) throws IOException {
    try (OutputStream out = fileSystem.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  String text(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  byte[] bytes(Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    }
  }

  /** Runs a command on the spec. */
  CommandResult millrace(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, spec().toString()));
    all.addAll(List.of("--set", "landing=" + landing(), "--set", "warehouse=" + warehouse()));
    all.addAll(options);
    all.addAll(Arrays.asList(arguments));
    return CommandResult.of(all);
  }

  Workspace workspace(org.apache.hadoop.conf.Configuration configuration) throws IOException {
    return Workspace.open(
        spec().toString(),
        Map.of("landing", landing().toString(), "warehouse", warehouse().toString()),
        configuration);
  }

  /** Every published data file by its path in the warehouse. */
  SortedMap<String, Path> dataFiles() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    String root = warehouse().toUri().getPath() + "/";
    RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(warehouse(), true);
    while (all.hasNext()) {
      Path path = all.next().getPath();
      String name = path.toUri().getPath().substring(root.length());
      if (!name.startsWith("_") && name.endsWith(".avro")) {
        files.put(name, path);
      }
    }
    return files;
  }

  /** The names in a folder; none where it is absent. */
  List<String> names(Path folder) throws IOException {
    return fileSystem.exists(folder)
        ? Arrays.stream(fileSystem.listStatus(folder))
            .map(FileStatus::getPath)
            .map(Path::getName)
            .sorted()
            .toList()
        : List.of();
  }

  /** All records of a folder, read with Avro's own reader. */
  List<GenericRecord> records(Path folder) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    for (String name : names(folder)) {
      if (name.endsWith(".avro")) {
        try (DataFileStream<GenericRecord> stream =
            new DataFileStream<>(
                fileSystem.open(new Path(folder, name)), new GenericDatumReader<>())) {
          stream.forEach(records::add);
        }
      }
    }
    return records;
  }

  long crc32c(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes(file));
    return checksum.getValue();
  }
}
