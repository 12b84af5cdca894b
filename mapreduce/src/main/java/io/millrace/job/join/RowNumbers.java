package io.millrace.job.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;

/**
 * Numbers of rows as they travel with an entity: the first, then the difference of each to the one
 * before it, as Avro writes a long. Not thread-safe.
 */
final class RowNumbers {
  /** Bytes at which a list is long enough to be sent. */
  private static final int FULL = 1 << 12;

  private final ByteBuilder encoded = new ByteBuilder();
  private final ByteCursor cursor = new ByteCursor();
  private long last;

  /** Takes numbers one by one. */
  @FunctionalInterface
  interface Sink {
    void row(long number) throws java.io.IOException, InterruptedException;
  }

  void clear() {
    encoded.clear();
    last = 0;
  }

  void add(long number) {
    encoded.putVarint(number - last);
    last = number;
  }

  /** Adds all numbers of an encoded list. */
  void addAll(byte[] array, int offset, int length) {
    cursor.reset(array, offset, length);
    long number = 0;
    while (cursor.hasRemaining()) {
      number += cursor.readVarint();
      add(number);
    }
  }

  boolean isEmpty() {
    return encoded.length() == 0;
  }

  boolean isFull() {
    return encoded.length() >= FULL;
  }

  ByteBuilder encoded() {
    return encoded;
  }

  /** Hands over the numbers of an encoded list. */
  void forEach(byte[] array, int offset, int length, Sink sink)
      throws java.io.IOException, InterruptedException {
    cursor.reset(array, offset, length);
    long number = 0;
    while (cursor.hasRemaining()) {
      number += cursor.readVarint();
      sink.row(number);
    }
  }
}
