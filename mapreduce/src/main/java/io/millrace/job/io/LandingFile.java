package io.millrace.job.io;

/**
 * A file that has landed.
 *
 * @param path where it lies, with its file system, as Hadoop's {@code Path} writes it
 * @param name relative to the landing folder
 * @param length in bytes, as it was listed
 */
public record LandingFile(String path, String name, long length) {
  public LandingFile {
    if (length < 0) {
      throw new IllegalArgumentException(
          "Cannot read " + path + ": its length is negative: " + length);
    }
  }
}
