package io.millrace.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.util.ClassUtil;
import picocli.CommandLine;

/** The jar that this process runs from. */
final class JobJar {
  private JobJar() {}

  /**
   * Where it lies; empty where classes come from folders, or from a jar without the libraries that
   * a job jar brings along.
   */
  static Optional<Path> path() {
    return holding(Main.class, CommandLine.class);
  }

  /** The jar that has both classes, if there is one. */
  static Optional<Path> holding(Class<?> ours, Class<?> library) {
    String jar = ClassUtil.findContainingJar(ours);
    return jar != null && jar.equals(ClassUtil.findContainingJar(library))
        ? Optional.of(Path.of(jar))
        : Optional.empty();
  }
}
