package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where engines work. Files that they read and write have the same absolute paths everywhere; here
 * they are brought to the engines' file system, and back.
 */
interface Site extends AutoCloseable {
  /** Variables that say to commands where it is. */
  Map<String, String> environment();

  /** Whether engines see a file or folder. */
  boolean exists(Path path) throws IOException, InterruptedException;

  /** Lets engines see a folder of this machine's, unless they do. */
  void bring(Path folder) throws IOException, InterruptedException;

  /** Puts folders that engines wrote where this machine has them, in the place of what is there. */
  void fetch(List<Path> folders) throws IOException, InterruptedException;

  /** Deletes folders that engines wrote, as far as they are there. */
  void delete(List<Path> folders) throws IOException, InterruptedException;

  /**
   * What the daemons have taken so far that work for commands, and so have processes that they
   * started.
   */
  Counts daemons() throws IOException;

  /** Processes that daemons have started for a command. */
  Stream<ProcessHandle> containers();

  /** Ends what was started for the benchmark. */
  @Override
  void close();
}
