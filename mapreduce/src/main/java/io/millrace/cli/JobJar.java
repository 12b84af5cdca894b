package io.millrace.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.util.ClassUtil;

/** The jar that this process runs from. */
final class JobJar {
  private JobJar() {}

  /** Where it lies; empty where classes come from folders. */
  static Optional<Path> path() {
    return Optional.ofNullable(ClassUtil.findContainingJar(Main.class)).map(Path::of);
  }
}
