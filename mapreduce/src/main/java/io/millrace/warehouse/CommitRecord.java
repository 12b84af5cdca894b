package io.millrace.warehouse;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about to publish of a unit and what it replaces, written in one call before
 * anything is changed: whoever finds it can finish or undo all of it.
 *
 * @param dataSets in the order of publishing, the main one last
 */
record CommitRecord(List<Exchange> dataSets) {
  CommitRecord {
    dataSets = List.copyOf(dataSets);
  }

  /**
   * A data set's manifests.
   *
   * @param published what is to stand
   * @param replaced what stood before; null where nothing did
   * @param found names of the data files that lay in the place before, named by a manifest or not
   */
  record Exchange(Manifest published, @Nullable Manifest replaced, List<String> found) {
    Exchange {
      found = List.copyOf(found);
    }

    String dataSet() {
      return published.dataSet();
    }

    List<String> publishedFiles() {
      return names(published);
    }

    /** Files that are of no use any more once the new manifest stands. */
    Set<String> uselessFiles() {
      Set<String> useless = new TreeSet<>(found);
      if (replaced != null) {
        useless.addAll(names(replaced));
      }
      publishedFiles().forEach(useless::remove);
      return useless;
    }

    private static List<String> names(Manifest manifest) {
      return manifest.files().stream().map(DataFile::name).toList();
    }
  }

  Exchange main() {
    return dataSets.get(dataSets.size() - 1);
  }
}
