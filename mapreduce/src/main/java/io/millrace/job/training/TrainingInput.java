package io.millrace.job.training;

import io.millrace.job.io.BucketFiles;
import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import java.util.List;

/**
 * What the tasks of a training job read; plain data.
 *
 * @param schema Avro schema of the rows that training rows are made of: the entity's columns, then
 *     the features of all groups
 * @param entity the groups; the first says which entities there are
 * @param snapshots ascending
 * @param landed of each clean file, by its number, the epoch day of its partition
 */
public record TrainingInput(
    String schema, JoinSettings.Entity entity, List<Snapshot> snapshots, List<Long> landed) {
  public TrainingInput {
    snapshots = List.copyOf(snapshots);
    landed = List.copyOf(landed);
    if (snapshots.isEmpty() || snapshots.size() > TrainingKey.MOST_SNAPSHOTS) {
      throw new IllegalArgumentException(
          "Cannot train on %d snapshot dates: from 1 to %d"
              .formatted(snapshots.size(), TrainingKey.MOST_SNAPSHOTS));
    }
  }

  /**
   * The features of a date.
   *
   * @param firstTask the first of the tasks that read them; small ones of dates that follow one
   *     another are read by one task
   * @param buckets how many tasks that are, a power of two
   * @param groups the files of each group
   * @param noFeatures of the one entity that there is
   */
  public record Snapshot(
      int firstTask, int buckets, List<BucketFiles> groups, NoFeatures noFeatures) {
    public Snapshot {
      groups = List.copyOf(groups);
    }

    boolean isReadBy(int task) {
      return task >= firstTask && task < firstTask + buckets;
    }
  }

  /** How many tasks read features, each of which makes a file. */
  int tasks() {
    Snapshot last = snapshots.get(snapshots.size() - 1);
    return last.firstTask() + last.buckets();
  }
}
