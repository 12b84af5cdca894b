package io.millrace.cli;

import io.millrace.plan.StageOutline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericRecord;

/**
 * What the stages of a pipeline made when somebody last looked: versions of stages, and hashes of
 * what is in their files.
 *
 * @param versions by stage
 * @param hashes by the file's path in the warehouse
 */
record GoldenFile(SortedMap<String, Integer> versions, SortedMap<String, String> hashes) {
  private static final String VERSION = "version";

  static GoldenFile of(List<StageOutline> stages, SortedMap<String, String> hashes) {
    SortedMap<String, Integer> versions = new TreeMap<>();
    stages.forEach(stage -> versions.put(stage.id().toString(), stage.version()));
    return new GoldenFile(versions, hashes);
  }

  static GoldenFile read(Path file) throws IOException {
    SortedMap<String, Integer> versions = new TreeMap<>();
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ", -1);
        if (words[0].equals(VERSION)) {
          versions.put(words[2], Integer.parseInt(words[1]));
        } else {
          hashes.put(words[1], words[0]);
        }
      }
    }
    return new GoldenFile(versions, hashes);
  }

  void write(Path file, List<String> header) throws IOException {
    List<String> lines = new ArrayList<>();
    header.forEach(line -> lines.add("# " + line));
    versions.forEach((stage, version) -> lines.add(VERSION + " " + version + " " + stage));
    hashes.forEach((name, hash) -> lines.add(hash + " " + name));
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /** What somebody has to do before {@code now} may take this one's place; empty where nothing. */
  List<String> differences(GoldenFile now) {
    List<String> differences = new ArrayList<>();
    now.versions.forEach(
        (stage, version) -> {
          List<String> changed = changedFiles(stage, now);
          boolean raised = !version.equals(versions.get(stage));
          if (!changed.isEmpty() && !raised) {
            differences.add(
                "bytes changed: raise the version of stage %s in Outlines, then rewrite the golden file; changed: %s"
                    .formatted(stage, changed));
          } else if (!changed.isEmpty() || raised) {
            differences.add(
                "stage %s is at version %d, the golden file at %s: rewrite it"
                    .formatted(stage, version, versions.get(stage)));
          }
        });
    return differences;
  }

  private List<String> changedFiles(String stage, GoldenFile now) {
    SortedMap<String, String> names = new TreeMap<>(hashes);
    names.putAll(now.hashes);
    return names.keySet().stream()
        .filter(
            name -> name.startsWith(stage + "/") || name.startsWith("quarantine/" + stage + "/"))
        .filter(name -> !hash(name).equals(now.hash(name)))
        .toList();
  }

  private String hash(String name) {
    return hashes.getOrDefault(name, "");
  }

  /**
   * A hash of a data file's schema and of its blocks as they are before compression: compressed
   * bytes differ between processors, and the sync marker says nothing of the content.
   */
  static String hash(DataFileStream<GenericRecord> file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(file.getSchema().toString().getBytes(StandardCharsets.UTF_8));
      while (file.hasNext()) {
        digest.update((file.getBlockCount() + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(file.nextBlock());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
