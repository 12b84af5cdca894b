package io.millrace.oozie;

import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** What a warehouse holds, to be compared with another one. */
final class DataFiles {
  private DataFiles() {}

  /** Length and checksum of every published data file, by its path in the warehouse. */
  static SortedMap<String, String> of(FileSystem fileSystem, Path warehouse) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    String root = fileSystem.getFileStatus(warehouse).getPath().toUri().getPath() + "/";
    RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(warehouse, true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      String name = file.getPath().toUri().getPath().substring(root.length());
      if (!name.startsWith("_") && name.endsWith(".avro")) {
        files.put(name, file.getLen() + " bytes, crc " + checksum(fileSystem, file.getPath()));
      }
    }
    return files;
  }

  private static long checksum(FileSystem fileSystem, Path path) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream in = fileSystem.open(path)) {
      checksum.update(in.readAllBytes());
    }
    return checksum.getValue();
  }
}
