package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * {@link FolderCalls} of object stores, which have no folders but names with slashes. None is
 * atomic, and nothing that has to be leans on them. Thread-safe.
 */
final class StoreFolders implements FolderCalls {
  // looked at when a file is closed; others look when it is opened
  private static final String ONLY_IF_ABSENT = "fs.option.create.conditional.overwrite";

  private final FileSystem fileSystem;

  StoreFolders(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @Override
  public void makeFolders(Path folder) throws IOException {
    if (!fileSystem.mkdirs(folder)) {
      throw new IOException("the file system refused");
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    makeFolders(folder);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (!fileSystem.exists(from)) {
      throw new FileNotFoundException(from + " does not exist");
    }
    if (!fileSystem.rename(from, to)) {
      throw new IOException("Cannot rename %s to %s: the file system refused".formatted(from, to));
    }
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    // makes no parents, unlike create()
    return fileSystem.createFile(file).overwrite(true).build();
  }

  @Override
  public OutputStream createNew(Path file) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        fileSystem.createFile(file).recursive().overwrite(false);
    builder.opt(ONLY_IF_ABSENT, true);
    return builder.build();
  }

  @Override
  public boolean deleteEmpty(Path folder) throws IOException {
    try {
      FileStatus[] left = fileSystem.listStatus(folder);
      return left.length == 0 && fileSystem.delete(folder, false);
    } catch (FileNotFoundException e) {
      // it went with the last file in it
      return true;
    }
  }

  @Override
  public void deleteAll(Path folder) throws IOException {
    fileSystem.delete(folder, true);
  }
}
