package io.millrace.sort;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A sorted segment as a {@link SortedMerge} reads it: as many of its bytes as a window holds, which
 * grows only for a record that is longer. The segment is let go, and its stream closed, as soon as
 * all of it has been read. Not thread-safe.
 */
public final class SegmentWindow implements Closeable {
  /** Behind the end of a segment, for the lengths of a record that is cut short. */
  static final int ZEROS = 2 * LengthCode.MOST_BYTES;

  private static final byte[] NOTHING = {};

  private final InputStream in;
  private byte[] bytes;
  private int end;
  private boolean isDrained;

  /**
   * A window that stands before the first byte; nothing is read yet.
   *
   * @param in the segment; closed with the window
   * @param size bytes of the window, at least 1
   */
  public SegmentWindow(InputStream in, int size) {
    this.in = in;
    bytes = new byte[size + ZEROS];
  }

  /** Where the bytes lie that are there; another array, or another part of it, after a fill. */
  byte[] bytes() {
    return bytes;
  }

  /** Behind the last byte that is there. */
  int end() {
    return end;
  }

  /**
   * Lets go what lies before a place, and reads as much as fits.
   *
   * @param least so many bytes from the place on are wanted; fewer are there where the segment ends
   * @return where the byte of the place lies now
   */
  int fill(int place, int least) throws IOException {
    if (isDrained) {
      return place;
    }
    int kept = end - place;
    byte[] target = least > bytes.length - ZEROS ? new byte[least + ZEROS] : bytes;
    System.arraycopy(bytes, place, target, 0, kept);
    int wanted = target.length - ZEROS - kept;
    int read = in.readNBytes(target, kept, wanted);
    bytes = target;
    end = kept + read;
    if (read < wanted) {
      Arrays.fill(target, end, end + ZEROS, (byte) 0);
      isDrained = true;
      in.close();
    }
    return 0;
  }

  /**
   * Lets the segment go, which ends before a place.
   *
   * @throws EOFException where there are bytes from there on
   */
  void finish(int place) throws IOException {
    // a stream may compare a checksum only when it is asked for more than there is
    if (place < end || (!isDrained && in.read() >= 0)) {
      throw new EOFException("a sorted segment has bytes behind its end");
    }
    bytes = NOTHING;
    end = 0;
    if (!isDrained) {
      isDrained = true;
      in.close();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
