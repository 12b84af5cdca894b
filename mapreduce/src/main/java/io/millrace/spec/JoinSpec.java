package io.millrace.spec;

/**
 * How records and the features of their entities come together.
 *
 * @param memoryBytes features that take at most so many bytes in the warehouse are looked up in
 *     memory; 0: none are
 */
public record JoinSpec(long memoryBytes) {
  /** Features of any size are looked up. */
  static JoinSpec inMemory() {
    return new JoinSpec(Long.MAX_VALUE);
  }
}
