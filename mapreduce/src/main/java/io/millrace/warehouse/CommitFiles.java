package io.millrace.warehouse;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The calls to the file system that a commit is made of. Only {@link #makeFolder} creates parents.
 * Thread-safe.
 */
final class CommitFiles {
  private final FileSystem fileSystem;
  private final FileContext context;

  /**
   * Stages of one run share folders, which one may be about to make while another finds them empty.
   */
  private final Lock sharedFolders = new ReentrantLock();

  CommitFiles(Warehouse warehouse) throws IOException {
    fileSystem = warehouse.fileSystem();
    context = FileContext.getFileContext(warehouse.root().toUri(), warehouse.configuration());
  }

  boolean exists(Path path) throws IOException {
    return fileSystem.exists(path);
  }

  void checkExists(Path path) throws IOException {
    fileSystem.getFileStatus(path);
  }

  /** The names in a folder, none where it does not exist. */
  List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(folder)) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return names;
  }

  void makeFolder(Path folder) throws IOException {
    sharedFolders.lock();
    try {
      if (!fileSystem.mkdirs(folder)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException e) {
      throw new IOException(
          "Cannot write to the warehouse: the folder %s cannot be made (%s). Check that the path is right and that you may write there."
              .formatted(folder, e.getMessage()),
          e);
    } finally {
      sharedFolders.unlock();
    }
  }

  /** Never overwrites, never moves into a folder of the new name. */
  void rename(Path from, Path to) throws IOException {
    context.rename(from, to, Rename.NONE);
  }

  /**
   * Writes a manifest beside its data files.
   *
   * @throws IOException where these are not the files of the manifest
   */
  void writeManifest(Staging staging, Manifest manifest) throws IOException {
    Path folder = new Path(staging.output(), manifest.dataSet());
    makeStagedFolder(folder, staging.folder());
    SortedMap<String, Long> expected = new TreeMap<>();
    for (DataFile file : manifest.files()) {
      expected.put(file.name(), file.length());
    }
    SortedMap<String, Long> found = dataFiles(folder);
    if (!found.equals(expected)) {
      throw new IOException(
          "its manifest has the files %s, but %s has %s".formatted(expected, folder, found));
    }
    // creates no parents, unlike create()
    try (OutputStream out =
        fileSystem.createFile(Warehouse.manifestFile(folder)).overwrite(true).build()) {
      ManifestCodec.write(manifest, out);
    }
  }

  /** Deletes a folder and, up to {@code root}, what is empty without it. */
  void delete(Path folder, Path root) throws IOException {
    sharedFolders.lock();
    try {
      fileSystem.delete(folder, true);
      Path parent = folder.getParent();
      while (!parent.equals(root) && names(parent).isEmpty()) {
        fileSystem.delete(parent, false);
        parent = parent.getParent();
      }
    } finally {
      sharedFolders.unlock();
    }
  }

  /** A stage without records may have left none of the folders below its staging. */
  private void makeStagedFolder(Path folder, Path staging) throws IOException {
    if (folder.equals(staging)) {
      checkExists(staging);
    } else if (!fileSystem.exists(folder)) {
      makeStagedFolder(folder.getParent(), staging);
      context.mkdir(folder, FsPermission.getDirDefault(), false);
    }
  }

  private SortedMap<String, Long> dataFiles(Path folder) throws IOException {
    SortedMap<String, Long> files = new TreeMap<>();
    for (FileStatus status : fileSystem.listStatus(folder)) {
      String name = status.getPath().getName();
      if (!name.startsWith("_") && !name.startsWith(".")) {
        files.put(name, status.getLen());
      }
    }
    return files;
  }
}
