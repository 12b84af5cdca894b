package io.millrace.pipeline;

import java.io.IOException;

/** Reads the files that a spec names: schemas and models. */
public interface SpecFiles {
  /**
   * The bytes of a file.
   *
   * @param path as the spec has it: relative to the spec's own folder, or absolute
   */
  byte[] read(String path) throws IOException;
}
