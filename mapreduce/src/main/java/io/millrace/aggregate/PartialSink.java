package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import java.io.IOException;

/** Takes partial states; what is handed over is valid during the call only. */
@FunctionalInterface
public interface PartialSink {
  /**
   * Takes one state.
   *
   * @param array holds the {@link PartialKey} at {@code offset}
   * @param states the encoded states
   */
  void write(byte[] array, int offset, int length, ByteBuilder states)
      throws IOException, InterruptedException;
}
