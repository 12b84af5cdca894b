package io.millrace.warehouse;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without checksums, permissions and links: Hadoop's own starts a process of
 * the system for each permission it sets and each link it looks for.
 */
public final class QuickLocalFs extends DelegateToFileSystem {
  public QuickLocalFs(URI uri, Configuration configuration) throws IOException, URISyntaxException {
    super(uri, new Files(), configuration, "file", false);
  }

  /** Settings under which {@code file:} means this file system. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", Files.class, RawLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.set("fs.AbstractFileSystem.file.impl", QuickLocalFs.class.getName());
    return configuration;
  }

  /** The same for {@link org.apache.hadoop.fs.FileSystem}. */
  public static final class Files extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) {
      // as the process makes it
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return getFileStatus(path);
    }
  }
}
