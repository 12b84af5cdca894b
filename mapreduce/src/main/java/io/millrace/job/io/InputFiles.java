package io.millrace.job.io;

import java.util.List;

/**
 * The files that a job reads with {@link FilesInputFormat}; plain data. Their numbers are their
 * places in the list.
 *
 * @param taskBytes files that follow one another are read by one task up to this length
 */
public record InputFiles(List<InputFile> files, long taskBytes) {
  public InputFiles {
    files = List.copyOf(files);
  }

  /**
   * One of them.
   *
   * @param path with its file system
   * @param length in bytes
   */
  public record InputFile(String path, long length) {}
}
