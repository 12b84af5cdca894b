package io.millrace.example;

import java.io.IOException;
import java.io.OutputStream;

/** Where generated and copied files go: a folder on any file system. */
@FunctionalInterface
public interface LandingSink {
  /**
   * Opens a new file for writing; the caller closes it.
   *
   * @param relativePath below that folder, with {@code /} between folders, which are made as needed
   */
  OutputStream create(String relativePath) throws IOException;
}
