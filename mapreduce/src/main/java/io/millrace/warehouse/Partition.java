package io.millrace.warehouse;

import io.millrace.plan.Manifest;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** A published partition. */
public record Partition(Path folder, Manifest manifest) {
  /** Its data files, in the manifest's order. */
  public List<Path> paths() {
    return manifest.files().stream().map(file -> new Path(folder, file.name())).toList();
  }
}
