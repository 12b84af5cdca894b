package io.millrace.plan;

/** What a person may say about the resources of a job. */
public enum Resource {
  /** MiB of a map's container. */
  MAP_MEMORY,
  /** MiB of a reduce's container. */
  REDUCE_MEMORY,
  /** MiB of a map's heap. */
  MAP_HEAP,
  /** MiB of a reduce's heap. */
  REDUCE_HEAP,
  /** Virtual cores of a map's container. */
  MAP_VCORES,
  /** Virtual cores of a reduce's container. */
  REDUCE_VCORES,
  /** MiB in which a map sorts what it sends. */
  SORT_BUFFER,
  /** Bytes of its input that a map reads. */
  SPLIT,
  /** Maps that run at one time at most. */
  RUNNING_MAPS,
  /** Reduces that run at one time at most. */
  RUNNING_REDUCES
}
