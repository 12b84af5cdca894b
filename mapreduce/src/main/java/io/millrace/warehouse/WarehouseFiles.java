package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The calls to the file system that leases and commits are made of. Only {@link #makeFolders}
 * creates parents. Thread-safe.
 */
final class WarehouseFiles {
  private static final String LOCAL_SCHEME = "file";
  // setTimes leaves the time of access alone; HDFS may refuse to set it
  private static final long UNCHANGED = -1;

  private final FileSystem fileSystem;
  private final FolderCalls folders;

  WarehouseFiles(Warehouse warehouse) throws IOException {
    fileSystem = warehouse.fileSystem();
    folders = folders(warehouse);
  }

  private static FolderCalls folders(Warehouse warehouse) throws IOException {
    FileSystem fileSystem = warehouse.fileSystem();
    if (warehouse.renaming() == Renaming.COPY) {
      return new StoreFolders(fileSystem);
    }
    return fileSystem.getUri().getScheme().equals(LOCAL_SCHEME)
        ? new LocalFolders()
        : new HadoopFolders(fileSystem, warehouse.configuration());
  }

  boolean exists(Path path) throws IOException {
    return fileSystem.exists(path);
  }

  /**
   * Does nothing where something exists.
   *
   * @throws FileNotFoundException where it does not
   */
  void requireExists(Path path) throws IOException {
    fileSystem.getFileStatus(path);
  }

  /** The names in a folder, none where it does not exist. */
  List<String> names(Path folder) throws IOException {
    return statuses(folder).stream().map(status -> status.getPath().getName()).toList();
  }

  /** The names of the folders in a folder, none where it does not exist. */
  List<String> folders(Path folder) throws IOException {
    return statuses(folder).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  /** What lies in a folder, nothing where it does not exist. */
  List<FileStatus> statuses(Path folder) throws IOException {
    try {
      return new ArrayList<>(List.of(fileSystem.listStatus(folder)));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      // a local folder that goes while it is listed counts as an error there
      if (exists(folder)) {
        throw e;
      }
      return List.of();
    }
  }

  /** Makes a folder and its parents. */
  void makeFolders(Path folder) throws IOException {
    try {
      folders.makeFolders(folder);
    } catch (IOException e) {
      throw new IOException(
          "Cannot write to the warehouse: the folder %s cannot be made (%s). Check that the path is right and that you may write there."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Makes a folder, whose parent has to exist. */
  void makeFolder(Path folder) throws IOException {
    folders.makeFolder(folder);
  }

  /** Never overwrites, never moves into a folder of the new name. */
  void rename(Path from, Path to) throws IOException {
    folders.rename(from, to);
  }

  /** Deletes a folder if it is there and empty, and says whether it was. */
  boolean deleteEmpty(Path folder) throws IOException {
    return folders.deleteEmpty(folder);
  }

  /** Deletes a folder with all that is in it. */
  void deleteTree(Path folder) throws IOException {
    folders.deleteAll(folder);
  }

  /** Deletes a folder with all that is in it, and, up to {@code root}, what is empty without it. */
  void delete(Path folder, Path root) throws IOException {
    folders.deleteAll(folder);
    tidy(folder.getParent(), root);
  }

  /**
   * Deletes a folder and its parents, up to {@code root}, as far as they are empty; some of them
   * may be missing.
   */
  void tidy(Path folder, Path root) throws IOException {
    Path next = folder;
    while (!next.equals(root) && (folders.deleteEmpty(next) || !fileSystem.exists(next))) {
      next = next.getParent();
    }
  }

  /** Something that writes a file. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file, whose folder has to exist. */
  void write(Path file, Content content) throws IOException {
    try (OutputStream out = folders.create(file)) {
      content.write(out);
    }
  }

  /** Writes a file of an object store, which readers see when it is whole, over what was there. */
  void put(Path file, Content content) throws IOException {
    try (OutputStream out = fileSystem.createFile(file).recursive().overwrite(true).build()) {
      content.write(out);
    }
  }

  /**
   * Writes a file if there is none of its name. Of an object store readers see it when it is whole;
   * elsewhere its folder has to exist.
   *
   * @return whether there was none; where it fails, it may have been written nevertheless
   */
  boolean putNew(Path file, Content content) throws IOException {
    try (OutputStream out = folders.createNew(file)) {
      content.write(out);
    } catch (IOException e) {
      // file systems tell of it in ways of their own
      if (fileSystem.exists(file)) {
        return false;
      }
      throw e;
    }
    return true;
  }

  /** Deletes a file if it is there. */
  void deleteFile(Path file) throws IOException {
    fileSystem.delete(file, false);
  }

  long length(Path file) throws IOException {
    return fileSystem.getFileStatus(file).getLen();
  }

  InputStream open(Path file) throws IOException {
    return fileSystem.open(file);
  }

  /** When a file was last modified, or nothing where it does not exist. */
  OptionalLong modified(Path file) throws IOException {
    try {
      return OptionalLong.of(fileSystem.getFileStatus(file).getModificationTime());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Sets when a file was last modified.
   *
   * @throws FileNotFoundException where it does not exist
   */
  void touch(Path file, long millis) throws IOException {
    fileSystem.setTimes(file, millis, UNCHANGED);
  }
}
