package io.millrace.sort;

/**
 * Lengths as Hadoop's files of the shuffle have them: one byte up to 127; else a byte of {@code
 * -112 - n} and n bytes, most significant first.
 */
public final class LengthCode {
  /** No length takes more bytes. */
  public static final int MOST_BYTES = 5;

  private static final int LARGEST_IN_ONE = 127;
  private static final int MARK = -112;
  private static final int BYTE_BITS = 8;
  private static final int BYTE_MASK = 0xff;

  private LengthCode() {}

  /** How many bytes a length takes. */
  public static int size(int length) {
    if (length <= LARGEST_IN_ONE) {
      return 1;
    }
    return 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(length) + BYTE_BITS - 1) / BYTE_BITS;
  }

  /** Writes a length, and returns where the next byte goes. */
  public static int write(int length, byte[] target, int offset) {
    if (length <= LARGEST_IN_ONE) {
      target[offset] = (byte) length;
      return offset + 1;
    }
    int bytes = size(length) - 1;
    target[offset] = (byte) (MARK - bytes);
    for (int i = 1; i <= bytes; i++) {
      target[offset + i] = (byte) (length >>> (BYTE_BITS * (bytes - i)));
    }
    return offset + 1 + bytes;
  }

  /** The length that is written at a place. */
  public static int read(byte[] source, int offset) {
    int first = source[offset];
    if (first >= 0) {
      return first;
    }
    int length = 0;
    for (int i = 1; i <= MARK - first; i++) {
      length = length << BYTE_BITS | (source[offset + i] & BYTE_MASK);
    }
    return length;
  }

  /** How many bytes the length takes whose first byte this is. */
  public static int sizeBy(byte first) {
    return first >= 0 ? 1 : 1 + MARK - first;
  }
}
