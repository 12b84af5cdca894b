package io.millrace.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Spark's jars and the benchmark's own as one archive on the cluster's file system ({@code
 * spark.yarn.archive}): YARN brings it to each node once, not for each run.
 */
final class SparkArchive {
  private static final List<String> NOT_SPARKS = List.of("duckdb", "tribuo", "junit");

  private final Path jar;
  private final Path folder;

  /**
   * @param jar the benchmark's, beside which those that it needs lie in {@code lib}
   * @param folder where the archive is kept
   */
  SparkArchive(Path jar, Path folder) {
    this.jar = jar;
    this.folder = folder.resolve("spark");
  }

  /** Where it lies, on the cluster as on this machine. */
  Path file() {
    return folder.resolve("spark.zip");
  }

  /** Makes it, where it is older than the jar, and puts it on the cluster. */
  void bring(Site site) throws IOException, InterruptedException {
    boolean fresh =
        Files.exists(file())
            && Files.getLastModifiedTime(file()).compareTo(Files.getLastModifiedTime(jar)) > 0;
    if (!fresh) {
      site.delete(List.of(folder));
      Files.createDirectories(folder);
      write();
    }
    site.bring(folder);
  }

  private void write() throws IOException {
    try (OutputStream out = Files.newOutputStream(file());
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
      zip.setLevel(0); // jars are compressed
      for (Path each : Stream.concat(Stream.of(jar), libraries).toList()) {
        String name = each.getFileName().toString();
        if (NOT_SPARKS.stream().noneMatch(name::startsWith)) {
          zip.putNextEntry(new ZipEntry(name));
          Files.copy(each, zip);
        }
      }
    }
  }
}
