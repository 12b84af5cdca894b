package io.millrace.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
 * each link that it looks for, dozens of times a job. The status of a file is one call to the
 * system, where Hadoop's makes a dozen.
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
      return status(path, pathToFile(path).toPath());
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return Files.isSymbolicLink(pathToFile(path).toPath())
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      java.nio.file.Path place = pathToFile(path).toPath();
      FileStatus status = status(path, place);
      if (!status.isDirectory()) {
        return new FileStatus[] {status};
      }
      String[] names = place.toFile().list();
      if (names == null) {
        throw new IOException("Cannot list folder " + path);
      }
      List<FileStatus> statuses = new ArrayList<>();
      for (String name : names) {
        Path file = new Path(path, new Path(null, null, name));
        try {
          statuses.add(status(file, place.resolve(name)));
        } catch (FileNotFoundException e) {
          // deleted since the folder was read
        }
      }
      return statuses.toArray(FileStatus[]::new);
    }

    private FileStatus status(Path path, java.nio.file.Path place) throws IOException {
      PosixFileAttributes attributes;
      try {
        attributes = Files.readAttributes(place, PosixFileAttributes.class);
      } catch (FileSystemException e) {
        // below a file there is nothing, too
        if (e instanceof NoSuchFileException || !Files.exists(place)) {
          throw (IOException)
              new FileNotFoundException("File " + path + " does not exist").initCause(e);
        }
        throw e;
      }
      // the file's own name: that of a folder may come with a slash behind it
      Path named = makeQualified(new Path(null, null, place.toString()));
      return new PosixStatus(attributes, getDefaultBlockSize(path), named);
    }
  }

  /** Looks for the names of owner and group when it is asked for them: that reads system files. */
  private static final class PosixStatus extends FileStatus {
    private static final long serialVersionUID = 1L;

    private final transient PosixFileAttributes attributes;

    PosixStatus(PosixFileAttributes attributes, long blockSize, Path path) {
      super(
          attributes.size(),
          attributes.isDirectory(),
          1,
          blockSize,
          attributes.lastModifiedTime().toMillis(),
          attributes.lastAccessTime().toMillis(),
          FsPermission.valueOf(
              (attributes.isDirectory() ? "d" : "-")
                  + PosixFilePermissions.toString(attributes.permissions())),
          null,
          null,
          path);
      this.attributes = attributes;
    }

    @Override
    public String getOwner() {
      return attributes.owner().getName();
    }

    @Override
    public String getGroup() {
      return attributes.group().getName();
    }

    /** Streams hold what any status holds. */
    private Object writeReplace() throws IOException {
      return new FileStatus(this);
    }
  }
}
