package io.millrace.source;

import io.millrace.row.Row;
import java.nio.charset.StandardCharsets;

/** {@code true/false}, {@code t/f}, {@code yes/no}, {@code y/n}, {@code 1/0}, in any case. */
final class BooleanParser implements FieldParser {
  private static final long[] TRUE = packed("true", "t", "yes", "y", "1");
  private static final long[] FALSE = packed("false", "f", "no", "n");

  @Override
  public boolean parse(byte[] bytes, int from, int to, Row row, int slot) {
    long text = to - from > Long.BYTES ? 0 : packed(bytes, from, to);
    if (text == '0' || contains(FALSE, text)) {
      row.setLong(slot, 0);
      return true;
    }
    if (contains(TRUE, text)) {
      row.setLong(slot, 1);
      return true;
    }
    return false;
  }

  @Override
  public String expected() {
    return "BOOLEAN: true or false, t or f, yes or no, y or n, 1 or 0";
  }

  private static boolean contains(long[] texts, long text) {
    for (long each : texts) {
      if (each == text) {
        return true;
      }
    }
    return false;
  }

  /** Up to eight bytes in lower case as one number. */
  private static long packed(byte[] bytes, int from, int to) {
    long packed = 0;
    for (int at = from; at < to; at++) {
      int value = bytes[at] & 0xFF;
      packed = packed << 8 | (value >= 'A' && value <= 'Z' ? value | 0x20 : value);
    }
    return packed;
  }

  private static long[] packed(String... texts) {
    long[] packed = new long[texts.length];
    for (int i = 0; i < texts.length; i++) {
      byte[] bytes = texts[i].getBytes(StandardCharsets.US_ASCII);
      packed[i] = packed(bytes, 0, bytes.length);
    }
    return packed;
  }
}
