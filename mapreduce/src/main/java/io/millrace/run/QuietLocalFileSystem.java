package io.millrace.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without forked processes: where Hadoop's native library is absent, its own
 * runs {@code chmod}, {@code ls} and {@code readlink} for each permission that it sets or reads and
 * each link that it looks for, dozens of times a job.
 */
public class QuietLocalFileSystem extends LocalFileSystem {
  public QuietLocalFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(),
          PosixFilePermissions.fromString(
              permission.getUserAction().SYMBOL
                  + permission.getGroupAction().SYMBOL
                  + permission.getOtherAction().SYMBOL));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      return withPermission(super.getFileStatus(path));
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return Files.isSymbolicLink(pathToFile(path).toPath())
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      List<FileStatus> statuses = new ArrayList<>();
      for (FileStatus status : super.listStatus(path)) {
        try {
          statuses.add(withPermission(status));
        } catch (FileNotFoundException e) {
          // deleted since the folder was read
        }
      }
      return statuses.toArray(FileStatus[]::new);
    }

    /**
     * The status with its permission read here: Hadoop's would fork a process when asked for it.
     */
    private FileStatus withPermission(FileStatus status) throws IOException {
      PosixFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(pathToFile(status.getPath()).toPath(), PosixFileAttributes.class);
      } catch (NoSuchFileException e) {
        throw (IOException)
            new FileNotFoundException("File " + status.getPath() + " does not exist").initCause(e);
      }
      return new FileStatus(
          status.getLen(),
          status.isDirectory(),
          status.getReplication(),
          status.getBlockSize(),
          status.getModificationTime(),
          status.getAccessTime(),
          FsPermission.valueOf(
              (status.isDirectory() ? "d" : "-")
                  + PosixFilePermissions.toString(attributes.permissions())),
          attributes.owner().getName(),
          attributes.group().getName(),
          status.getPath());
    }
  }
}
