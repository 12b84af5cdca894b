package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@link FolderCalls} of this machine's own files, straight from the system: where a rename fails,
 * Hadoop's local file system copies file by file instead, into a folder of the new name if there is
 * one; before it deletes a folder that ought to be empty, it looks; and it makes the folder of a
 * file that it creates, even one that has gone since it looked. Thread-safe.
 */
final class LocalFolders implements FolderCalls {
  private static final int TRIES = 100;

  @Override
  public void makeFolders(Path folder) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.createDirectories(local(folder));
        return;
      } catch (NoSuchFileException e) {
        // somebody has just deleted a parent, which was empty
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(local(folder));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(local(folder))) {
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  @Override
  public OutputStream create(Path file) throws IOException {
    try {
      return Files.newOutputStream(local(file));
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  @Override
  public OutputStream createNew(Path file) throws IOException {
    try {
      return Files.newOutputStream(
          local(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
  }

  @Override
  public boolean deleteEmpty(Path folder) throws IOException {
    try {
      return Files.deleteIfExists(local(folder));
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  @Override
  public void deleteAll(Path folder) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.walkFileTree(local(folder), new Deletion());
        return;
      } catch (NoSuchFileException e) {
        // it is not there, or somebody deletes it, too
        if (!Files.exists(local(folder))) {
          return;
        }
      } catch (DirectoryNotEmptyException e) {
        // somebody still writes into it
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static FileNotFoundException notFound(NoSuchFileException e) {
    FileNotFoundException notFound = new FileNotFoundException(e.getMessage() + " does not exist");
    notFound.initCause(e);
    return notFound;
  }

  private static final class Deletion extends SimpleFileVisitor<java.nio.file.Path> {
    @Override
    public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes)
        throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        java.nio.file.Path folder, @Nullable IOException error) throws IOException {
      if (error != null) {
        throw error;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
