package io.millrace.warehouse;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** How a file system renames a folder, on which it hangs how partitions are published there. */
public enum Renaming {
  /** In one step, which is done or not. */
  ATOMIC,
  /** File by file, each being copied and deleted, as object stores do; it may stop half-way. */
  COPY;

  /** The Hadoop property that says it of a file system that Millrace does not know. */
  public static final String PROPERTY = "millrace.warehouse.rename";

  private static final Set<String> ATOMIC_SCHEMES =
      Set.of("file", "hdfs", "swebhdfs", "viewfs", "webhdfs");

  /**
   * How a file system renames.
   *
   * @throws IllegalArgumentException where the property has another value than these
   */
  static Renaming of(FileSystem fileSystem, Configuration configuration) {
    String said = configuration.getTrimmed(PROPERTY, "");
    return switch (said) {
      case "atomic" -> ATOMIC;
      case "copy" -> COPY;
      case "" -> ATOMIC_SCHEMES.contains(fileSystem.getUri().getScheme()) ? ATOMIC : COPY;
      default ->
          throw new IllegalArgumentException(
              "Cannot read %s: %s. Expected `atomic`, where a rename of a folder is one step, or `copy`"
                  .formatted(PROPERTY, said));
    };
  }
}
