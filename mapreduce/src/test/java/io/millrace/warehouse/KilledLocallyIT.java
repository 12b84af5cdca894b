package io.millrace.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The same on this machine's files. */
class KilledLocallyIT extends KilledProcesses {
  @Override
  Warehouse warehouse(String name) throws IOException {
    Path root = new Path(Files.createDirectories(folder.resolve(name)).toUri());
    return new Warehouse(root, new Configuration());
  }

  @Override
  boolean listsAtOnce() {
    return false;
  }
}
