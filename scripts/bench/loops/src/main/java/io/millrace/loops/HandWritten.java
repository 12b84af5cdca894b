package io.millrace.loops;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * The clean step of the example card-fraud as a mapper written by hand: it knows the columns, the
 * repairs and the rules, and works on bytes without an object a line.
 */
final class HandWritten {
  private static final int FIELDS = 12;
  private static final long LAST_MILLIS =
      LocalDate.of(2026, 2, 1).toEpochDay() * 86_400_000 - 1;
  private static final long FIRST_MILLIS = LAST_MILLIS + 1 - 4 * 86_400_000L;

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer characters = CharBuffer.allocate(4096);
  private final int[] from = new int[FIELDS];
  private final int[] to = new int[FIELDS];
  private final byte[] unquoted = new byte[4096];
  private final byte[] channel = new byte[64];
  private final byte[] key = new byte[4096];
  private final byte[] out = new byte[8192];
  private int length;
  private boolean merchantIsUnquoted;

  boolean clean(byte[] bytes, int start, int end) {
    if (!isUtf8(bytes, start, end) || !split(bytes, start, end)) {
      return false;
    }
    for (int field : new int[] {0, 2, 3, 4, 5, 6, 9, 10}) {
      if (isNull(bytes, field)) {
        return false;
      }
    }
    long millis = millis(bytes, from[1], to[1]);
    double amount = isNull(bytes, 7) ? Double.NaN : amount(bytes, from[7], to[7]);
    if (millis == Long.MIN_VALUE || !(amount >= 0 && amount <= 100_000)) {
      return false;
    }
    int fraud = isNull(bytes, 11) ? -1 : fraud(bytes, from[11], to[11]);
    int channelLength = channel(bytes);
    if (fraud == 2
        || !(is(bytes, from[8], to[8], 'E', 'U', 'R')
            || is(bytes, from[8], to[8], 'U', 'S', 'D')
            || is(bytes, from[8], to[8], 'G', 'B', 'P'))
        || !(is(channel, 0, channelLength, 'p', 'o', 's')
            || is(channel, 0, channelLength, 'w', 'e', 'b')
            || is(channel, 0, channelLength, 'a', 't', 'm'))
        || millis < FIRST_MILLIS
        || millis > LAST_MILLIS) {
      return false;
    }
    System.arraycopy(bytes, from[0], key, 0, to[0] - from[0]);
    length = 0;
    text(bytes, 0);
    number(millis);
    for (int field = 2; field < 6; field++) {
      text(bytes, field);
    }
    text(merchantIsUnquoted ? unquoted : bytes, 6);
    out[length++] = 2;
    long bits = Double.doubleToRawLongBits(amount);
    for (int i = 0; i < 8; i++) {
      out[length++] = (byte) (bits >>> 8 * i);
    }
    out[length++] = 2;
    text(bytes, 8);
    text(bytes, 9);
    number(channelLength);
    System.arraycopy(channel, 0, out, length, channelLength);
    length += channelLength;
    out[length++] = (byte) (fraud < 0 ? 0 : 2);
    if (fraud >= 0) {
      out[length++] = (byte) fraud;
    }
    out[length++] = 2;
    number(Math.floorMod(millis, 86_400_000L) / 3_600_000);
    out[length++] = 2;
    out[length++] = (byte) (isSame(bytes, 9, 3) ? 0 : 1);
    return true;
  }

  private boolean isUtf8(byte[] bytes, int start, int end) {
    for (int at = start; at < end; at++) {
      if (bytes[at] < 0) {
        characters.clear();
        utf8.reset();
        return !utf8.decode(ByteBuffer.wrap(bytes, start, end - start), characters, true).isError();
      }
    }
    return true;
  }

  private boolean split(byte[] bytes, int start, int end) {
    merchantIsUnquoted = false;
    int field = 0;
    int at = start;
    while (true) {
      if (field == FIELDS) {
        return false;
      }
      if (at < end && bytes[at] == '"') {
        int length = 0;
        boolean open = true;
        for (at++; at < end; at++) {
          if (bytes[at] == '"') {
            if (at + 1 == end || bytes[at + 1] != '"') {
              open = false;
              at++;
              break;
            }
            at++;
          }
          unquoted[length++] = bytes[at];
        }
        if (open || (at < end && bytes[at] != ',') || field != 6) {
          return false;
        }
        merchantIsUnquoted = true;
        from[field] = 0;
        to[field++] = length;
      } else {
        from[field] = at;
        int quotes = 0;
        while (at < end && bytes[at] != ',') {
          quotes += bytes[at++] == '"' ? 1 : 0;
        }
        if ((quotes & 1) == 1) {
          return false;
        }
        to[field++] = at;
      }
      if (at >= end) {
        return field == FIELDS;
      }
      at++;
    }
  }

  private boolean isNull(byte[] bytes, int field) {
    byte[] source = field == 6 && merchantIsUnquoted ? unquoted : bytes;
    return from[field] == to[field] || is(source, from[field], to[field], 'n', '/', 'a');
  }

  private static boolean is(byte[] bytes, int from, int to, int a, int b, int c) {
    return to - from == 3 && bytes[from] == a && bytes[from + 1] == b && bytes[from + 2] == c;
  }

  private boolean isSame(byte[] bytes, int one, int other) {
    int count = to[one] - from[one];
    if (count != to[other] - from[other]) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (bytes[from[one] + i] != bytes[from[other] + i]) {
        return false;
      }
    }
    return true;
  }

  private int channel(byte[] bytes) {
    int start = from[10];
    int end = to[10];
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (start < end && bytes[end - 1] == ' ') {
      end--;
    }
    int count = Math.min(end - start, channel.length);
    for (int i = 0; i < count; i++) {
      byte each = bytes[start + i];
      channel[i] = (byte) (each >= 'A' && each <= 'Z' ? each + 32 : each);
    }
    return count;
  }

  /** {@code 2026-01-31T12:34:56.789Z}. */
  private static long millis(byte[] bytes, int start, int end) {
    if (end - start != 24
        || bytes[start + 4] != '-'
        || bytes[start + 7] != '-'
        || bytes[start + 10] != 'T'
        || bytes[start + 13] != ':'
        || bytes[start + 16] != ':'
        || bytes[start + 19] != '.'
        || bytes[start + 23] != 'Z') {
      return Long.MIN_VALUE;
    }
    int year = digits(bytes, start, 4);
    int month = digits(bytes, start + 5, 2);
    int day = digits(bytes, start + 8, 2);
    int hour = digits(bytes, start + 11, 2);
    int minute = digits(bytes, start + 14, 2);
    int second = digits(bytes, start + 17, 2);
    int milli = digits(bytes, start + 20, 3);
    if ((year | month | day | hour | minute | second | milli) < 0) {
      return Long.MIN_VALUE;
    }
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long days =
        era * 146_097L
            + yearOfEra * 365
            + yearOfEra / 4
            - yearOfEra / 100
            + dayOfYear
            - 719_468;
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli;
  }

  private static int digits(byte[] bytes, int start, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = bytes[start + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static double amount(byte[] bytes, int start, int end) {
    boolean negative = bytes[start] == '-';
    long value = 0;
    int behindPoint = -1;
    for (int at = negative ? start + 1 : start; at < end; at++) {
      int digit = bytes[at] - '0';
      if (bytes[at] == '.' && behindPoint < 0) {
        behindPoint = 0;
      } else if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        behindPoint += behindPoint >= 0 ? 1 : 0;
      } else {
        return Double.NaN;
      }
    }
    double scale = 1;
    for (int i = 0; i < behindPoint; i++) {
      scale *= 10;
    }
    return negative ? -value / scale : value / scale;
  }

  /** 0, 1, or 2 where it is neither. */
  private static int fraud(byte[] bytes, int start, int end) {
    if (end - start == 4 && bytes[start] == 't') {
      return 1;
    }
    return end - start == 5 && bytes[start] == 'f' ? 0 : 2;
  }

  private void text(byte[] bytes, int field) {
    int count = to[field] - from[field];
    number(count);
    System.arraycopy(bytes, from[field], out, length, count);
    length += count;
  }

  private void number(long value) {
    long zigZag = (value << 1) ^ (value >> 63);
    while ((zigZag & ~0x7FL) != 0) {
      out[length++] = (byte) (zigZag | 0x80);
      zigZag >>>= 7;
    }
    out[length++] = (byte) zigZag;
  }
}
