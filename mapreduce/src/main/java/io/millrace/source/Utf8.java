package io.millrace.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Well-formed UTF-8 as the Unicode standard has it (table 3-7): no overlong forms, no surrogates.
 */
final class Utf8 {
  /** What {@link #firstInvalid} returns for text that is well-formed. */
  static final int VALID = -1;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** The index of the first byte that starts no well-formed character, or {@link #VALID}. */
  static int firstInvalid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int lead = bytes[at];
      if (lead >= 0) {
        at = endOfAscii(bytes, at + 1, to);
        continue;
      }
      int length = sequenceLength(lead & 0xFF);
      if (length == 0 || at + length > to || !isSecond(lead & 0xFF, bytes[at + 1] & 0xFF)) {
        return at;
      }
      for (int i = 2; i < length; i++) {
        if ((bytes[at + i] & 0xC0) != 0x80) {
          return at;
        }
      }
      at += length;
    }
    return VALID;
  }

  /** The first byte from {@code from} on that is not ASCII, or a few bytes before it. */
  private static int endOfAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to && ((long) WORD.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    return at;
  }

  private static int sequenceLength(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  }

  private static boolean isSecond(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0 && second <= 0xBF;
      case 0xED -> second >= 0x80 && second <= 0x9F;
      case 0xF0 -> second >= 0x90 && second <= 0xBF;
      case 0xF4 -> second >= 0x80 && second <= 0x8F;
      default -> (second & 0xC0) == 0x80;
    };
  }
}
