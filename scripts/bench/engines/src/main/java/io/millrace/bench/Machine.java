package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** This machine: an engine is a process that does everything. */
final class Machine implements Site {
  @Override
  public Map<String, String> environment() {
    return Map.of("MILLRACE_OPTS", "-Xmx4g");
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public void bring(Path folder) {
    // it is there
  }

  @Override
  public void fetch(List<Path> folders) {
    // they are there
  }

  @Override
  public void delete(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      deleteFolder(folder);
    }
  }

  static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Override
  public Counts daemons() {
    return Counts.NONE;
  }

  @Override
  public Stream<ProcessHandle> containers() {
    return Stream.empty();
  }

  @Override
  public void close() {
    // nothing was started
  }
}
