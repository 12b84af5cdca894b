package io.millrace.job.io;

import java.util.ArrayList;
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
   * Files that are read by so many tasks at most, each of which has about as much to read.
   *
   * @param tasks at least one
   */
  public static InputFiles inTasks(List<InputFile> files, int tasks) {
    long most = files.stream().mapToLong(InputFile::length).sum();
    long least = files.stream().mapToLong(InputFile::length).max().orElse(0);
    // the least load with which so many are enough
    while (least < most) {
      long middle = least + (most - least) / 2;
      if (new InputFiles(files, middle).firstFiles().size() <= tasks) {
        most = middle;
      } else {
        least = middle + 1;
      }
    }
    return new InputFiles(files, most);
  }

  /** The number of the first file of each task. */
  public List<Integer> firstFiles() {
    List<Integer> first = new ArrayList<>();
    long length = 0;
    for (int file = 0; file < files.size(); file++) {
      long next = files.get(file).length();
      if (file == 0 || length + next > taskBytes) {
        first.add(file);
        length = 0;
      }
      length += next;
    }
    return first;
  }

  /**
   * One of them.
   *
   * @param path with its file system
   * @param length in bytes
   */
  public record InputFile(String path, long length) {}
}
