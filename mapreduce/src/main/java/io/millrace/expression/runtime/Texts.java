package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/** Functions of text. Characters are Unicode code points; results are slices of the row. */
public final class Texts {
  private Texts() {}

  public static long lower(Row row, long text) {
    return withCase(row, text, 'A', 'Z');
  }

  public static long upper(Row row, long text) {
    return withCase(row, text, 'a', 'z');
  }

  /** Flips the case of ASCII letters within the bounds; other letters go the long way. */
  private static long withCase(Row row, long text, int first, int last) {
    int offset = Slices.offset(text);
    int length = Slices.length(text);
    int same = 0;
    while (same < length) {
      int c = row.bytes[offset + same];
      if (c < 0 || (c >= first && c <= last)) {
        break;
      }
      same++;
    }
    if (same == length) {
      return text;
    }
    int start = row.allocate(length);
    byte[] bytes = row.bytes;
    System.arraycopy(bytes, offset, bytes, start, same);
    for (int i = same; i < length; i++) {
      int c = bytes[offset + i];
      if (c < 0) {
        row.truncate(start);
        String string = Slices.string(row, text);
        return Slices.ofString(
            row, first == 'A' ? string.toLowerCase(Locale.ROOT) : string.toUpperCase(Locale.ROOT));
      }
      bytes[start + i] = (byte) (c >= first && c <= last ? c ^ 0x20 : c);
    }
    return Slices.of(start, length);
  }

  public static long trimBoth(Row row, long text, long character) {
    return trimTrailing(row, trimLeading(row, text, character), character);
  }

  public static long trimLeading(Row row, long text, long character) {
    int step = Slices.length(character);
    int start = Slices.offset(text);
    int end = start + Slices.length(text);
    while (end - start >= step && matches(row.bytes, start, character)) {
      start += step;
    }
    return Slices.of(start, end - start);
  }

  public static long trimTrailing(Row row, long text, long character) {
    int step = Slices.length(character);
    int start = Slices.offset(text);
    int end = start + Slices.length(text);
    while (end - start >= step && matches(row.bytes, end - step, character)) {
      end -= step;
    }
    return Slices.of(start, end - start);
  }

  /** Whether the bytes from {@code at} on, which must be there, are those of a slice. */
  private static boolean matches(byte[] bytes, int at, long slice) {
    int offset = Slices.offset(slice);
    for (int i = 0; i < Slices.length(slice); i++) {
      if (bytes[at + i] != bytes[offset + i]) {
        return false;
      }
    }
    return true;
  }

  public static long substringFrom(Row row, long text, long from) {
    return characters(row, text, from, Long.MAX_VALUE);
  }

  public static long substringFor(Row row, long text, long from, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("SUBSTRING cannot take " + count + " characters");
    }
    long until = from + count;
    boolean overflows = ((from ^ until) & (count ^ until)) < 0;
    return characters(row, text, from, overflows ? Long.MAX_VALUE : until);
  }

  public static long shorten(Row row, long text, long count) {
    return characters(row, text, 1, 1 + count);
  }

  /** The characters from one position, counted from 1, to another, exclusively. */
  private static long characters(Row row, long text, long from, long until) {
    int end = Slices.offset(text) + Slices.length(text);
    int start = skip(row.bytes, Slices.offset(text), end, from - 1);
    int stop =
        until == Long.MAX_VALUE ? end : skip(row.bytes, start, end, until - Math.max(from, 1));
    return Slices.of(start, stop - start);
  }

  private static int skip(byte[] bytes, int start, int end, long characters) {
    int at = start;
    for (long left = characters; left > 0 && at < end; left--) {
      do {
        at++;
      } while (at < end && (bytes[at] & 0xC0) == 0x80);
    }
    return at;
  }

  public static long charLength(Row row, long text) {
    return countCharacters(row.bytes, Slices.offset(text), Slices.length(text));
  }

  private static long countCharacters(byte[] bytes, int offset, int length) {
    long count = 0;
    for (int i = offset; i < offset + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** Where a text first occurs in another, counted from 1; 0 where it does not. */
  public static long position(Row row, long wanted, long text) {
    int offset = Slices.offset(text);
    int found = indexOf(row.bytes, wanted, offset, offset + Slices.length(text));
    return found < 0 ? 0 : 1 + countCharacters(row.bytes, offset, found - offset);
  }

  static int indexOf(byte[] bytes, long wanted, int from, int end) {
    int last = end - Slices.length(wanted);
    for (int at = from; at <= last; at++) {
      if (matches(bytes, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  /** An empty {@code wanted} occurs nowhere. */
  public static long replace(Row row, long text, long wanted, long replacement) {
    int at = Slices.offset(text);
    int end = at + Slices.length(text);
    int found = Slices.length(wanted) == 0 ? -1 : indexOf(row.bytes, wanted, at, end);
    if (found < 0) {
      return text;
    }
    int start = row.end();
    while (found >= 0) {
      append(row, at, found - at);
      append(row, Slices.offset(replacement), Slices.length(replacement));
      at = found + Slices.length(wanted);
      found = indexOf(row.bytes, wanted, at, end);
    }
    append(row, at, end - at);
    return Slices.of(start, row.end() - start);
  }

  public static long concat(Row row, long left, long right) {
    int start = row.end();
    append(row, Slices.offset(left), Slices.length(left));
    append(row, Slices.offset(right), Slices.length(right));
    return Slices.of(start, row.end() - start);
  }

  /** Copies a text behind all that is there. */
  static void append(Row row, long text) {
    append(row, Slices.offset(text), Slices.length(text));
  }

  private static void append(Row row, int offset, int length) {
    int start = row.allocate(length);
    System.arraycopy(row.bytes, offset, row.bytes, start, length);
  }

  public static boolean startsWith(Row row, long text, long prefix) {
    return Slices.length(text) >= Slices.length(prefix)
        && matches(row.bytes, Slices.offset(text), prefix);
  }

  public static boolean endsWith(Row row, long text, long suffix) {
    int rest = Slices.length(text) - Slices.length(suffix);
    return rest >= 0 && matches(row.bytes, Slices.offset(text) + rest, suffix);
  }

  /** The text without a prefix, where it starts with it. */
  public static long withoutPrefix(Row row, long text, long prefix) {
    int length = Slices.length(prefix);
    return startsWith(row, text, prefix)
        ? Slices.of(Slices.offset(text) + length, Slices.length(text) - length)
        : text;
  }

  /** The first characters; all but the last ones where {@code count} is negative. */
  public static long left(Row row, long text, long count) {
    long taken = count < 0 ? Math.max(0, charLength(row, text) + count) : count;
    int end = Slices.offset(text) + Slices.length(text);
    return Slices.of(
        Slices.offset(text),
        skip(row.bytes, Slices.offset(text), end, taken) - Slices.offset(text));
  }

  /** The last characters; all but the first ones where {@code count} is negative. */
  public static long right(Row row, long text, long count) {
    long skipped = count < 0 ? -Math.max(count, -Long.MAX_VALUE) : charLength(row, text) - count;
    int end = Slices.offset(text) + Slices.length(text);
    int start = skip(row.bytes, Slices.offset(text), end, skipped);
    return Slices.of(start, end - start);
  }

  public static long octetLength(Row row, long text) {
    return Slices.length(text);
  }

  public static long crc32(Row row, long text) {
    CRC32 crc = new CRC32();
    crc.update(row.bytes, Slices.offset(text), Slices.length(text));
    return crc.getValue();
  }

  /** The bytes of a slice, where they must outlive the row. */
  static byte[] copy(Row row, long text) {
    int offset = Slices.offset(text);
    return Arrays.copyOfRange(row.bytes, offset, offset + Slices.length(text));
  }
}
