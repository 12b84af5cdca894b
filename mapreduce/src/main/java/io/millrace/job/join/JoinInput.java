package io.millrace.job.join;

import io.millrace.job.io.BucketFiles;
import io.millrace.join.JoinSettings;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What the jobs of a join read; plain data, which is also what their tasks need to know.
 *
 * @param cleanFiles at least one
 * @param features where those of each entity lie, in the order of the join's settings
 */
public record JoinInput(JoinSettings join, List<CleanFile> cleanFiles, List<Features> features) {
  public JoinInput {
    cleanFiles = List.copyOf(cleanFiles);
    features = List.copyOf(features);
    if (cleanFiles.isEmpty()) {
      throw new IllegalArgumentException("Cannot join: there are no clean files to read");
    }
    if (features.isEmpty() || features.size() > MatchKey.MOST_ENTITIES) {
      throw new IllegalArgumentException(
          "Cannot join the features of %d kinds of entities: from 1 to %d"
              .formatted(features.size(), MatchKey.MOST_ENTITIES));
    }
  }

  /**
   * A file of clean records.
   *
   * @param path with its file system
   */
  public record CleanFile(String path, long records) {}

  /**
   * The features of an entity.
   *
   * @param buckets how many tasks read them, a power of two
   * @param groups the files of each group
   */
  public record Features(int buckets, List<BucketFiles> groups) {
    public Features {
      groups = List.copyOf(groups);
    }
  }

  Path[] cleanPaths() {
    return cleanFiles.stream().map(file -> new Path(file.path())).toArray(Path[]::new);
  }

  /** The number of the first row of each clean file, counted through all of them. */
  long[] firstRows() {
    long[] first = new long[cleanFiles.size()];
    for (int file = 1; file < first.length; file++) {
      first[file] = first[file - 1] + cleanFiles.get(file - 1).records();
    }
    return first;
  }

  /** How many tasks read features, those of all entities. */
  int tasks() {
    return features.stream().mapToInt(Features::buckets).sum();
  }

  /** The first of the tasks that read the features of each entity. */
  int[] firstTasks() {
    int[] first = new int[features.size()];
    for (int entity = 1; entity < first.length; entity++) {
      first[entity] = first[entity - 1] + features.get(entity - 1).buckets();
    }
    return first;
  }
}
