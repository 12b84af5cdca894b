package io.millrace.model;

/**
 * What a session of a model takes at most, which is while it is loaded: about, as measured with
 * ONNX Runtime 1.28.
 *
 * @param heapBytes the file, its graph, and the graph that is handed on
 * @param nativeBytes outside of the heap, without what the runtime itself takes
 */
public record ModelMemory(long heapBytes, long nativeBytes) {
  private static final int WEIGHTS_IN_HEAP = 4;
  private static final int WEIGHTS_BESIDE = 4;

  // lists of numbers and words, one by one, of which trees are made
  private static final int NODES_IN_HEAP = 8;
  private static final int NODES_BESIDE = 18;

  /**
   * The memory of a model.
   *
   * @param fileBytes the length of its file
   * @param weightBytes how much of it are tensors of weights
   */
  static ModelMemory of(long fileBytes, long weightBytes) {
    long nodeBytes = fileBytes - weightBytes;
    return new ModelMemory(
        WEIGHTS_IN_HEAP * weightBytes + NODES_IN_HEAP * nodeBytes,
        WEIGHTS_BESIDE * weightBytes + NODES_BESIDE * nodeBytes);
  }
}
