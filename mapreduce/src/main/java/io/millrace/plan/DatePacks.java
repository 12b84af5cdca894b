package io.millrace.plan;

import io.millrace.row.Buckets;
import java.util.ArrayList;
import java.util.List;

/**
 * How the work of several dates is given to tasks: small dates that follow one another share one,
 * and a large date has several, a power of two, each with a bucket of it. Follows from the sizes
 * alone, never from a cluster.
 *
 * @param packs one a date
 * @param tasks how many there are in all
 */
public record DatePacks(List<Pack> packs, int tasks) {
  private static final int MOST_TASKS = 4096;

  public DatePacks {
    packs = List.copyOf(packs);
  }

  /**
   * The tasks of a date.
   *
   * @param buckets how many tasks it has, from the first on; 1 where it may share it
   */
  public record Pack(int firstTask, int buckets) {}

  /**
   * Gives out the dates.
   *
   * @param sizes of the dates, in their order
   * @param taskSize what a task takes; more where there were too many tasks
   */
  public static DatePacks of(List<Long> sizes, long taskSize) {
    long sum = sizes.stream().mapToLong(Long::longValue).sum();
    long most = Math.max(taskSize, (sum + MOST_TASKS - 1) / MOST_TASKS);
    List<Pack> packs = new ArrayList<>();
    int tasks = 0;
    long room = 0;
    for (long size : sizes) {
      int buckets = Buckets.count((size + most - 1) / most, MOST_TASKS);
      if (buckets == 1 && tasks > 0 && size <= room) {
        packs.add(new Pack(tasks - 1, 1));
        room -= size;
      } else {
        packs.add(new Pack(tasks, buckets));
        tasks += buckets;
        room = buckets == 1 ? most - size : 0;
      }
    }
    return new DatePacks(packs, tasks);
  }
}
