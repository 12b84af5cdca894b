package io.millrace.job.join;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.InputFiles;
import io.millrace.join.JoinSettings;
import io.millrace.join.NoFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the jobs of a join read, on one date or on many; plain data, which is also what their tasks
 * need to know. Rows are numbered through all clean files of all days.
 *
 * @param days ascending
 * @param firstRows the number of the first row of each file that is made, ascending, the first 0
 */
public record JoinInput(JoinSettings join, List<Day> days, List<Long> firstRows) {
  public JoinInput {
    days = List.copyOf(days);
    firstRows = List.copyOf(firstRows);
    if (join.entities().size() > MatchKey.MOST_ENTITIES || days.size() > MatchKey.MOST_DAYS) {
      throw new IllegalArgumentException(
          "Cannot join the features of %d kinds of entities on %d dates: at most %d on %d"
              .formatted(
                  join.entities().size(), days.size(), MatchKey.MOST_ENTITIES, MatchKey.MOST_DAYS));
    }
  }

  /**
   * The rows that landed on a date.
   *
   * @param features where those of each entity lie, in the order of the join's settings
   */
  public record Day(List<CleanFile> cleanFiles, List<Features> features, NoFeatures noFeatures) {
    public Day {
      cleanFiles = List.copyOf(cleanFiles);
      features = List.copyOf(features);
    }
  }

  /**
   * A file of clean records.
   *
   * @param path with its file system
   * @param length in bytes
   */
  public record CleanFile(String path, long length, long records) {}

  /**
   * The features of an entity on a day.
   *
   * @param firstTask the first of the tasks that read them, counted through all entities; small
   *     ones of days that follow one another are read by one task
   * @param buckets how many tasks that are, a power of two
   * @param groups the files of each group, none where it has no history yet
   */
  public record Features(int firstTask, int buckets, List<BucketFiles> groups) {
    public Features {
      groups = List.copyOf(groups);
    }

    boolean isReadBy(int task) {
      return task >= firstTask && task < firstTask + buckets;
    }
  }

  /** A clean file with the day that it is of, and the number of its first row. */
  record NumberedFile(CleanFile file, int day, long firstRow) {
    long endRow() {
      return firstRow + file.records();
    }
  }

  /** The clean files of all days. */
  List<NumberedFile> numberedFiles() {
    List<NumberedFile> files = new ArrayList<>();
    long row = 0;
    for (int day = 0; day < days.size(); day++) {
      for (CleanFile file : days.get(day).cleanFiles()) {
        files.add(new NumberedFile(file, day, row));
        row += file.records();
      }
    }
    return files;
  }

  /** The clean files as a job reads them. */
  InputFiles inputFiles(long taskBytes) {
    return new InputFiles(
        days.stream()
            .flatMap(day -> day.cleanFiles().stream())
            .map(file -> new InputFiles.InputFile(file.path(), file.length()))
            .toList(),
        taskBytes);
  }

  /** How many rows there are. */
  long rows() {
    return days.stream()
        .flatMap(day -> day.cleanFiles().stream())
        .mapToLong(CleanFile::records)
        .sum();
  }

  /** How many tasks read features, those of all entities. */
  int tasks() {
    return days.stream()
        .flatMap(day -> day.features().stream())
        .mapToInt(features -> features.firstTask() + features.buckets())
        .max()
        .orElse(0);
  }

  /** The number of the entity whose features a task reads. */
  int entityOf(int task) {
    return IntStream.range(0, join.entities().size())
        .filter(entity -> days.stream().anyMatch(day -> day.features().get(entity).isReadBy(task)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Cannot find features for task " + task));
  }
}
