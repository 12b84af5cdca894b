package io.millrace.job.train.glm;

import io.millrace.learn.glm.GlmShape;

/** What the rows of a worker may take of the memory of its process. */
final class WorkerMemory {
  private static final double MOST_OF_HEAP = 0.75;
  private static final int MIB_BITS = 20;

  private final long heap;
  private final long most;

  /**
   * @param files of the worker
   * @param workers who share the process
   */
  WorkerMemory(GlmShape shape, int files, int workers) {
    this(shape, files, workers, Runtime.getRuntime().maxMemory());
  }

  WorkerMemory(GlmShape shape, int files, int workers, long heap) {
    this.heap = heap;
    most = (long) (heap * MOST_OF_HEAP / workers) - GlmMemory.sumsBytes(shape, files);
  }

  /** Checks what the rows take so far. */
  void check(long bytes) throws NoRoomException {
    if (bytes > most) {
      throw new NoRoomException(
          "its rows take more than the %d MiB that there is for them in a heap of %d MiB"
              .formatted(Math.max(0, most) >> MIB_BITS, heap >> MIB_BITS));
    }
  }
}
