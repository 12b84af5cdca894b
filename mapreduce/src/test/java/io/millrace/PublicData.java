package io.millrace;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Public data sets, in the folder of {@code -Dmillrace.shared.data} or beside the checkout. */
public final class PublicData {
  private PublicData() {}

  /** A file or folder of them; the test that asks is skipped where it is not there. */
  public static Path find(String first, String... more) {
    String shared = System.getProperty("millrace.shared.data", "../../shared/data");
    Path path = Path.of(shared).resolve(Path.of(first, more)).toAbsolutePath();
    assumeTrue(Files.exists(path), () -> "no data at " + path + "; set -Dmillrace.shared.data");
    return path;
  }
}
