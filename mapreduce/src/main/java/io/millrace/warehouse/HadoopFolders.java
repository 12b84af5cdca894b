package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/** {@link FolderCalls} of HDFS, and of all that behaves like it. Thread-safe. */
final class HadoopFolders implements FolderCalls {
  private final FileSystem fileSystem;
  private final FileContext context;

  HadoopFolders(FileSystem fileSystem, Configuration configuration) throws IOException {
    this.fileSystem = fileSystem;
    context = FileContext.getFileContext(fileSystem.getUri(), configuration);
  }

  @Override
  public void makeFolders(Path folder) throws IOException {
    if (!fileSystem.mkdirs(folder)) {
      throw new IOException("the file system refused");
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    context.mkdir(folder, FsPermission.getDirDefault(), false);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    context.rename(from, to, Rename.NONE);
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    // makes no parents, unlike create()
    return fileSystem.createFile(file).overwrite(true).build();
  }

  @Override
  public OutputStream createNew(Path file) throws IOException {
    return fileSystem.createFile(file).overwrite(false).build();
  }

  @Override
  public boolean deleteEmpty(Path folder) throws IOException {
    try {
      return fileSystem.delete(folder, false);
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      if (isEmpty(folder)) {
        throw e;
      }
      return false;
    }
  }

  private boolean isEmpty(Path folder) throws IOException {
    try {
      return fileSystem.listStatus(folder).length == 0;
    } catch (FileNotFoundException e) {
      // somebody else has deleted it
      return false;
    }
  }

  @Override
  public void deleteAll(Path folder) throws IOException {
    fileSystem.delete(folder, true);
  }
}
