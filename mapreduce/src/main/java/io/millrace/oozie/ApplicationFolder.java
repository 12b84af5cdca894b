package io.millrace.oozie;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of an application on a cluster. It is named by what is in it, and never changes:
 * nights that run from another one are not disturbed.
 *
 * @param files contents by their names
 * @param jar the job jar, on this machine
 */
public record ApplicationFolder(SortedMap<String, byte[]> files, java.nio.file.Path jar) {
  private static final String LIB = "lib/";
  private static final int NAME_BYTES = 8;

  public ApplicationFolder {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** A name that another folder has only if it has the same content. */
  public String contentName() throws IOException {
    MessageDigest digest = sha256();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      head(digest, file.getKey(), file.getValue().length);
      digest.update(file.getValue());
    }
    head(digest, jarName(), Files.size(jar));
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(jar)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        digest.update(buffer, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
  }

  private static void head(MessageDigest digest, String name, long length) {
    digest.update("%s %d\n".formatted(name, length).getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private String jarName() {
    return LIB + jar.getFileName();
  }

  /**
   * Puts it on a cluster, if it is not there. It comes into being as a whole.
   *
   * @param folder whose name is that of the content
   */
  public void put(FileSystem cluster, Path folder) throws IOException {
    if (cluster.exists(folder)) {
      return;
    }
    Path coming = new Path(folder.getParent(), ".coming-" + UUID.randomUUID());
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        write(cluster, new Path(coming, file.getKey()), file.getValue());
      }
      try (OutputStream out = cluster.create(new Path(coming, jarName()))) {
        Files.copy(jar, out);
      }
      // somebody else may have brought the same meanwhile
      if (!cluster.rename(coming, folder) && !cluster.exists(folder)) {
        throw new IOException("Cannot rename %s to %s".formatted(coming, folder));
      }
    } finally {
      if (cluster.exists(coming)) {
        cluster.delete(coming, true);
      }
    }
  }

  private static void write(FileSystem cluster, Path path, byte[] content) throws IOException {
    try (OutputStream out = cluster.create(path)) {
      out.write(content);
    }
  }
}
