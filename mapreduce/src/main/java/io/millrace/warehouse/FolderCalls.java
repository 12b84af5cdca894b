package io.millrace.warehouse;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;

/**
 * The calls to a file system on which leases and commits stand. Each but the last is atomic, and of
 * {@link #create} it is that the file is there.
 */
interface FolderCalls {
  /** Makes a folder and its parents; it may exist. */
  void makeFolders(Path folder) throws IOException;

  /**
   * Makes a folder; it may exist.
   *
   * @throws IOException where its parent does not exist
   */
  void makeFolder(Path folder) throws IOException;

  /**
   * Renames a folder.
   *
   * @throws IOException where it does not exist, or the target's parent does not, or the target
   *     does and is not empty
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Opens a file to write, in the place of what was there.
   *
   * @throws IOException where its folder does not exist
   */
  OutputStream create(Path file) throws IOException;

  /**
   * Opens a file to write where there is none of its name: of several who try, one succeeds.
   *
   * @throws IOException where there is one, or its folder does not exist
   */
  OutputStream createNew(Path file) throws IOException;

  /** Deletes a folder that is empty; returns whether it was there and was. */
  boolean deleteEmpty(Path folder) throws IOException;

  /** Deletes a folder, where it exists, with all that is in it. */
  void deleteAll(Path folder) throws IOException;
}
