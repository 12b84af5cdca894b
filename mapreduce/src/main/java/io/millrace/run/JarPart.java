package io.millrace.run;

import io.millrace.job.io.TaskLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Some of the entries of the job jar, as a jar of their own: what tasks need, without what only the
 * client does (the parser of SQL, the command line), and without libraries that few jobs need.
 */
final class JarPart {
  private static final int NAME_BYTES = 16;

  private static final List<String> ONNX_RUNTIME =
      List.of("ai/onnx/", "ai/onnxruntime/", "io/millrace/shaded/protobuf/");

  private static final List<String> XGBOOST = List.of("lib/linux/", "lib/macos/", "ml/dmlc/");

  private static final List<String> CLIENT =
      List.of(
          "codegen/",
          "examples/",
          "google/protobuf/",
          "io/millrace/cli/",
          "io/millrace/oozie/",
          "io/millrace/schedule/",
          "io/millrace/shaded/calcite/",
          "io/millrace/shaded/guava/",
          "io/millrace/shaded/janino/",
          "io/millrace/shaded/jsonsimple/",
          "io/millrace/shaded/oozie/",
          "io/millrace/shaded/picocli/",
          "io/millrace/shaded/snakeyaml/",
          "org/tribuo/");

  private final String name;
  private final Path jobJar;
  private final Predicate<String> takes;

  private JarPart(String name, Path jobJar, Predicate<String> takes) {
    this.name = name;
    this.jobJar = jobJar;
    this.takes = takes;
  }

  /** What the tasks of every job need. */
  static JarPart tasks(Path jobJar) {
    return new JarPart(
        "tasks",
        jobJar,
        entry ->
            !isBelow(entry, CLIENT) && !isBelow(entry, ONNX_RUNTIME) && !isBelow(entry, XGBOOST));
  }

  /** A library that the tasks of some jobs need. */
  static JarPart of(TaskLibrary library, Path jobJar) {
    return switch (library) {
      case ONNX_RUNTIME ->
          new JarPart("onnxruntime", jobJar, entry -> isBelow(entry, ONNX_RUNTIME));
      case XGBOOST -> new JarPart("xgboost", jobJar, entry -> isBelow(entry, XGBOOST));
    };
  }

  private static boolean isBelow(String entry, List<String> folders) {
    return folders.stream().anyMatch(entry::startsWith);
  }

  String name() {
    return name;
  }

  /**
   * Its name and a hash of what is in it: equal content, equal name. Reads the jar's directory, not
   * its content.
   */
  String contentName() throws IOException {
    SortedMap<String, ZipEntry> entries = new TreeMap<>();
    try (ZipFile zip = open()) {
      zip.stream()
          .filter(entry -> takes.test(entry.getName()))
          .forEach(entry -> entries.put(entry.getName(), entry));
    }
    MessageDigest digest = sha256();
    for (ZipEntry entry : entries.values()) {
      String line = "%s %d %08x\n".formatted(entry.getName(), entry.getSize(), entry.getCrc());
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return name + "-" + HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private ZipFile open() throws IOException {
    try {
      return new ZipFile(jobJar.toFile());
    } catch (IOException e) {
      throw new IOException("Cannot read the job jar %s: %s".formatted(jobJar, e.getMessage()), e);
    }
  }

  /** Writes the part as a jar. */
  void writeTo(OutputStream out) throws IOException {
    try (ZipFile from = open();
        ZipOutputStream to = new ZipOutputStream(out)) {
      to.setLevel(Deflater.BEST_SPEED);
      for (ZipEntry entry : from.stream().filter(entry -> takes.test(entry.getName())).toList()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
        to.closeEntry();
      }
    }
  }

  @Override
  public String toString() {
    return name + " of " + jobJar;
  }
}
