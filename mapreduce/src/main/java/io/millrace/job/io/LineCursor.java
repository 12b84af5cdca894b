package io.millrace.job.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the lines of a block. A line ends with {@code \n} or {@code \r\n}, which are no part
 * of it, or with the block. Reused; not thread-safe.
 */
public final class LineCursor {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private byte[] bytes = {};
  private int blockStart;
  private long blockOffset;
  private int next;
  private int end;
  private int start;
  private int length;

  /** Stands before the first line of a block. */
  public LineCursor reset(LineBlock block) {
    bytes = block.bytes();
    blockStart = block.start();
    blockOffset = block.offset();
    next = block.start();
    end = block.start() + block.length();
    return this;
  }

  /** Moves to the next line; returns whether there is one. */
  public boolean next() {
    if (next >= end) {
      return false;
    }
    start = next;
    int lineFeed = indexOfLineFeed(bytes, start, end);
    int stop = lineFeed < 0 ? end : lineFeed;
    next = stop + 1;
    boolean carriageReturn = lineFeed > start && bytes[lineFeed - 1] == '\r';
    length = stop - start - (carriageReturn ? 1 : 0);
    return true;
  }

  /** Where the line starts in the block's array. */
  public int start() {
    return start;
  }

  /** Bytes of the line without its end. */
  public int length() {
    return length;
  }

  /** Where the line starts in its file, after decompression. */
  public long fileOffset() {
    return blockOffset + (start - blockStart);
  }

  /** The first line feed in {@code [from, to)}, or -1. */
  static int indexOfLineFeed(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = (long) WORD.get(bytes, at) ^ LINE_FEEDS;
      long hits = ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** The last line feed in {@code [from, to)}, or -1. */
  static int lastIndexOfLineFeed(byte[] bytes, int from, int to) {
    for (int at = to - 1; at >= from; at--) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }
}
