package io.millrace.plan;

import java.util.Collection;

/**
 * How much of its input a map reads. It decides how fast the work is done, never what comes of it.
 */
public final class Splits {
  private static final long BLOCK_BYTES = 128L << 20;

  /** So many maps of one block each are enough for any cluster: more bytes make them larger. */
  private static final int MOST_MAPS_OF_ONE_BLOCK = 1_000;

  private static final int MOST_BLOCKS = 4;

  /** What pays for the start of a map within this process. */
  private static final long LEAST_BYTES = 16L << 20;

  /**
   * So many maps a task of the process, one after the other: the last of them end about at once.
   */
  private static final int ROUNDS = 4;

  private static final double SLACK = 1.1;
  private static final long LEAST_WEIGHT = 256 * 1024;

  private Splits() {}

  /** 128 MiB, and of more than 1000 times as much two, three or four times that. */
  static long onCluster(long inputBytes) {
    long blocks = ceiling(inputBytes, BLOCK_BYTES * MOST_MAPS_OF_ONE_BLOCK);
    return BLOCK_BYTES * Math.max(1, Math.min(MOST_BLOCKS, blocks));
  }

  /**
   * From 16 to 128 MiB: several equal shares for each of the tasks that run side by side, as maps
   * take unequal times, and files are not cut into equal shares; one for a task that is alone.
   */
  static long inProcess(long inputBytes, int tasks) {
    int maps = tasks == 1 ? 1 : ROUNDS * tasks;
    return Math.max(LEAST_BYTES, Math.min(BLOCK_BYTES, ceiling(inputBytes, maps)));
  }

  /**
   * How many maps read raw files: large ones are cut, unless they are compressed, and small ones
   * are put together. About, as files of one host go together first.
   */
  public static int count(Collection<RawFile> files, long splitBytes) {
    int splits = 0;
    long open = 0;
    for (RawFile file : files) {
      long rest = file.length();
      while (!Sizing.isCompressed(file) && rest > splitBytes * SLACK) {
        rest -= splitBytes;
        splits++;
      }
      long weight = Math.max(rest, LEAST_WEIGHT);
      if (weight >= splitBytes) {
        splits++;
      } else if (open > 0 && open + weight > splitBytes) {
        splits++;
        open = weight;
      } else {
        open += weight;
      }
    }
    return Math.max(1, open > 0 ? splits + 1 : splits);
  }

  private static long ceiling(long bytes, long per) {
    return (bytes + per - 1) / per;
  }
}
