package io.millrace.plan;

import java.util.OptionalInt;

/**
 * How many workers hold the training rows of a fit in memory at once: one for 64 MiB of files where
 * the cluster has room for them, fewer or more where it has not. A pure function of the files.
 *
 * @param files of training rows, each of which one worker reads
 * @param fileBytes the length of all
 * @param rowsBytes what their rows take in memory
 * @param sumsBytes what each worker takes besides
 */
public record WorkerSizing(int files, long fileBytes, long rowsBytes, long sumsBytes) {
  private static final long BYTES_PER_WORKER = 64L << 20;

  /** Files do not come out even. */
  private static final double UNEVENNESS = 1.25;

  /** What there is room for. */
  public interface Room {
    /** Whether so many workers can run at once, each of which holds so much in its heap. */
    boolean has(int workers, long heldBytes);
  }

  /** What each of so many workers holds in its heap. */
  public long heldBytes(int workers) {
    double share = workers == 1 ? 1 : Math.min(1, UNEVENNESS / workers);
    return (long) (rowsBytes * share) + sumsBytes;
  }

  /** As many as suit the files best; empty where there is no room for any number of them. */
  public OptionalInt choose(Room room) {
    int most = Math.max(1, files);
    int wanted =
        (int) Math.max(1, Math.min(most, (fileBytes + BYTES_PER_WORKER - 1) / BYTES_PER_WORKER));
    for (int workers = wanted; workers >= 1; workers--) {
      if (room.has(workers, heldBytes(workers))) {
        return OptionalInt.of(workers);
      }
    }
    for (int workers = wanted + 1; workers <= most; workers++) {
      if (room.has(workers, heldBytes(workers))) {
        return OptionalInt.of(workers);
      }
    }
    return OptionalInt.empty();
  }
}
