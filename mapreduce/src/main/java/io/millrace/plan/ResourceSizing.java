package io.millrace.plan;

import io.millrace.plan.JobLoad.TaskLoad;
import io.millrace.plan.JobResources.Tasks;
import io.millrace.plan.Wishes.Wish;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How much a job asks for: a pure function of its load, of what was wished, and of the largest
 * container of the cluster. A container has a heap, what a JVM takes beside it, and what the task
 * holds outside of it; the heap has what any task needs, what the task holds, and buffers.
 */
public final class ResourceSizing {
  /** Of the sort buffer, what may be full before it is spilled. */
  public static final double SPILL_SHARE = 0.9;

  /** What a task needs without buffers: Hadoop, open files, a block of records, its code. */
  public static final long BASE_HEAP_BYTES = 256L << 20;

  /** A larger sort buffer costs more than the merge of what it spills. */
  static final long MOST_SORT_BYTES = 400L << 20;

  private static final long MOST_SHUFFLE_BYTES = 1L << 30;
  private static final int MIB_BITS = 20;
  private static final long LEAST_CONTAINER_MIB = 1024;
  private static final long CONTAINER_STEP_MIB = 256;

  /** Classes, code, threads and direct buffers: a fifth of the container, and so much at least. */
  private static final long LEAST_BESIDE_HEAP_MIB = 256;

  private static final int BESIDE_HEAP_SHARE = 5;
  private static final long LEAST_HEAP_MIB = 64;
  private static final long LEAST_SORT_MIB = 16;
  private static final double LEAST_BUFFER_SHARE = 0.4;

  /** Of the shuffle buffer, what may be full before a reduce begins to merge to disk. */
  private static final double MERGE_SHARE = 0.66;

  /** The shuffle buffer overflows by one map output, which is at most a quarter of it. */
  private static final double OVERFLOW = 1.25;

  private static final double MOST_SHUFFLE_SHARE = 0.7;

  /** From so many maps on, reduces that wait for them would keep containers from others. */
  private static final int MANY_MAPS = 20;

  private static final double SLOW_START = 0.8;

  private final Wishes wishes;
  private final OptionalLong largestMib;

  /**
   * Sizes for one cluster.
   *
   * @param largestMib the largest container that the cluster gives, where that is known
   */
  public ResourceSizing(Wishes wishes, OptionalLong largestMib) {
    this.wishes = wishes;
    this.largestMib = largestMib;
  }

  /** What a job asks for. It may still be more than the cluster gives. */
  public JobResources of(JobLoad load) {
    boolean shuffles = load.reduces().isPresent();
    return new JobResources(
        load.job(),
        maps(load.maps(), shuffles),
        load.reduces().map(this::reduces),
        load.split(),
        load.maps().tasks() * load.maps().shuffledBytes(),
        shuffles && load.maps().tasks() > MANY_MAPS
            ? OptionalDouble.of(SLOW_START)
            : OptionalDouble.empty());
  }

  private Tasks maps(TaskLoad load, boolean shuffles) {
    long held = mebibytes(BASE_HEAP_BYTES + load.heldBytes());
    Optional<Wish> saidSort = wishes.find(Resource.SORT_BUFFER);
    long sort = shuffles ? saidSort.map(Wish::value).orElseGet(() -> sortMib(load)) : 0;
    long table = mebibytes(load.tableBytes());
    Wish memory = memory(Resource.MAP_MEMORY, Resource.MAP_HEAP, load, held, table + sort);
    long heap = heap(Resource.MAP_HEAP, memory.value(), load);
    return new Tasks(
        load.tasks(),
        memory,
        heap,
        saidSort.isPresent() ? sort : Math.min(sort, roomForBuffers(heap, held + table)),
        wishes.find(Resource.MAP_VCORES),
        wishes.find(Resource.RUNNING_MAPS));
  }

  /** A task that holds less than was reckoned with has room for buffers even in a small heap. */
  private static long roomForBuffers(long heapMib, long heldMib) {
    return Math.max(heapMib - heldMib, (long) (heapMib * LEAST_BUFFER_SHARE));
  }

  private static long sortMib(TaskLoad load) {
    long whole = (long) (load.shuffledBytes() / SPILL_SHARE);
    return Math.max(LEAST_SORT_MIB, mebibytes(Math.min(MOST_SORT_BYTES, whole)));
  }

  private Tasks reduces(TaskLoad load) {
    long held = mebibytes(BASE_HEAP_BYTES + load.heldBytes());
    long shuffled = Math.min(MOST_SHUFFLE_BYTES, load.shuffledBytes());
    long buffer = mebibytes((long) (shuffled / MERGE_SHARE * OVERFLOW));
    Wish memory = memory(Resource.REDUCE_MEMORY, Resource.REDUCE_HEAP, load, held, buffer);
    long heap = heap(Resource.REDUCE_HEAP, memory.value(), load);
    long room = (long) (roomForBuffers(heap, held) / OVERFLOW);
    return new Tasks(
        load.tasks(),
        memory,
        heap,
        Math.min(room, (long) (heap * MOST_SHUFFLE_SHARE)),
        wishes.find(Resource.REDUCE_VCORES),
        wishes.find(Resource.RUNNING_REDUCES));
  }

  /**
   * The memory of a container. What the cluster's administrators say counts wherever it is enough;
   * buffers shrink where there is less for them.
   */
  private Wish memory(Resource memory, Resource heap, TaskLoad load, long held, long buffers) {
    long nativeMib = mebibytes(load.nativeBytes());
    long needed = wishes.find(heap).map(Wish::value).orElse(held);
    long wanted = wishes.find(heap).map(Wish::value).orElse(held + buffers);
    long least = container(needed + nativeMib);
    long computed = Math.max(LEAST_CONTAINER_MIB, container(wanted + nativeMib));
    if (largestMib.isPresent() && computed > largestMib.getAsLong()) {
      computed = Math.max(largestMib.getAsLong(), least);
    }
    return wishes
        .find(memory)
        .filter(said -> said.origin() != Origin.SITE || said.value() >= least)
        .orElse(new Wish(computed, Origin.COMPUTED));
  }

  private long heap(Resource heap, long containerMib, TaskLoad load) {
    long beside = Math.max(LEAST_BESIDE_HEAP_MIB, ceiling(containerMib, BESIDE_HEAP_SHARE));
    long rest = containerMib - beside - mebibytes(load.nativeBytes());
    return wishes.find(heap).map(Wish::value).orElse(Math.max(LEAST_HEAP_MIB, rest));
  }

  private static long container(long insideMib) {
    long byShare = ceiling(insideMib * BESIDE_HEAP_SHARE, BESIDE_HEAP_SHARE - 1);
    long whole = Math.max(insideMib + LEAST_BESIDE_HEAP_MIB, byShare);
    return ceiling(whole, CONTAINER_STEP_MIB) * CONTAINER_STEP_MIB;
  }

  private static long mebibytes(long bytes) {
    return ceiling(bytes, 1L << MIB_BITS);
  }

  private static long ceiling(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }
}
