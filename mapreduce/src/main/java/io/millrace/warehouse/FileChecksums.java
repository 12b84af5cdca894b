package io.millrace.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CompositeCrcFileChecksum;
import org.apache.hadoop.fs.FileChecksum;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * CRC-32C of whole files. HDFS puts it together from the checksums that its blocks have anyway;
 * other file systems have to read the bytes. Both give the same number.
 */
final class FileChecksums {
  private static final int MOST_THREADS = 8;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final String COMPOSITE_CRC32C = "COMPOSITE-CRC32C";

  private final Configuration configuration;

  FileChecksums(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The checksums of files, several at a time. */
  Map<Path, Long> of(FileSystem fileSystem, List<FileStatus> files) throws IOException {
    if (files.isEmpty()) {
      return Map.of();
    }
    if (!"hdfs".equals(fileSystem.getUri().getScheme())) {
      return compute(fileSystem, files);
    }
    // the file system's own settings stay as they are, and so does the one that others share
    Configuration composite = new Configuration(configuration);
    composite.set("dfs.checksum.combine.mode", "COMPOSITE_CRC");
    try (FileSystem ownFileSystem = FileSystem.newInstance(fileSystem.getUri(), composite)) {
      return compute(ownFileSystem, files);
    }
  }

  private static Map<Path, Long> compute(FileSystem fileSystem, List<FileStatus> files)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(files.size(), MOST_THREADS));
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (FileStatus file : files) {
        tasks.add(() -> checksum(fileSystem, file));
      }
      List<Future<Long>> results = threads.invokeAll(tasks);
      Map<Path, Long> checksums = new HashMap<>();
      for (int i = 0; i < files.size(); i++) {
        checksums.put(files.get(i).getPath(), result(results.get(i)));
      }
      return checksums;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while computing checksums", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long result(Future<Long> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
    }
  }

  private static long checksum(FileSystem fileSystem, FileStatus file) throws IOException {
    // the blocks of an encrypted file have checksums of their encrypted bytes
    if (file.getLen() > 0 && !file.isEncrypted()) {
      FileChecksum known = fileSystem.getFileChecksum(file.getPath());
      if (known instanceof CompositeCrcFileChecksum
          && known.getAlgorithmName().equals(COMPOSITE_CRC32C)) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(known.getBytes()).getInt());
      }
    }
    return read(fileSystem, file.getPath());
  }

  private static long read(FileSystem fileSystem, Path path) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = fileSystem.open(path, BUFFER_BYTES)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
      }
    }
    return checksum.getValue();
  }
}
