package io.millrace.source;

import io.millrace.row.Row;
import io.millrace.spec.FormatSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one CSV line (RFC 4180, a record never spans lines). Blanks behind a closing quote
 * are dropped. Quotes in a field that does not start with one are text, as long as they pair: an
 * odd one betrays the rest of a record that was begun on an earlier line. Fields are slices of the
 * row's buffer: nothing is copied unless a quoted field holds a doubled quote. Not thread-safe.
 */
final class CsvFields {
  /** How splitting went; {@link #problemAt()} says where it failed. */
  enum Result {
    FINE,
    NOT_UTF8,
    QUOTE_NOT_CLOSED,
    TEXT_AFTER_QUOTE,
    QUOTE_NOT_PAIRED
  }

  private static final int LONGEST_SHOWN = 60;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte separator;
  private final byte quote;
  private final long separators;
  private final long quotes;

  private int[] starts = new int[2 * Long.SIZE];
  private int[] ends = new int[2 * Long.SIZE];
  private int count;
  private int firstQuote;
  private int lastQuote;
  private int problemAt;
  private int lineEnd;

  CsvFields(FormatSpec.Csv format) {
    separator = (byte) format.separator();
    quote = (byte) format.quote();
    separators = (separator & 0xFFL) * EACH_BYTE;
    quotes = (quote & 0xFFL) * EACH_BYTE;
  }

  int count() {
    return count;
  }

  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  /** The byte of the line at which it went wrong, from 0. */
  int problemAt() {
    return problemAt;
  }

  /** The text between two separators, quotes or not, that a byte of the line lies in. */
  String valueAround(Row row, int start, int problem) {
    int from = start + problem;
    while (from > start && row.bytes[from - 1] != separator) {
      from--;
    }
    int to = start + problem;
    while (to < lineEnd && row.bytes[to] != separator) {
      to++;
    }
    String text = new String(row.bytes, from, to - from, StandardCharsets.UTF_8);
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  /** Splits the line that was loaded into the row last and starts at {@code start}. */
  Result split(Row row, int start) {
    int end = row.end();
    lineEnd = end;
    row.allocate(Long.BYTES); // whole words may be read behind the line
    row.truncate(end);
    boolean isAscii = splitAtSeparators(row.bytes, start, end);
    if (!isAscii) {
      int invalid = Utf8.firstInvalid(row.bytes, start, end);
      if (invalid != Utf8.VALID) {
        problemAt = invalid - start;
        return Result.NOT_UTF8;
      }
    }
    return lastQuote < 0 ? Result.FINE : splitQuoted(row, start, end);
  }

  /**
   * Splits at each separator, notes where quotes are, and returns whether all is ASCII. Goes
   * through 64 bytes at a time: first a bit for each byte, then from bit to bit.
   */
  private boolean splitAtSeparators(byte[] bytes, int start, int end) {
    long seen = 0;
    int field = 0;
    starts[0] = start;
    firstQuote = end;
    lastQuote = -1;
    for (int block = start; block < end; block += Long.SIZE) {
      long separatorBits = 0;
      long quoteBits = 0;
      int stop = Math.min(end, block + Long.SIZE);
      for (int at = block; at < stop; at += Long.BYTES) {
        long inside = end - at >= Long.BYTES ? -1L : (1L << ((end - at) << 3)) - 1;
        long word = (long) WORD.get(bytes, at);
        seen |= word & inside;
        separatorBits |= bits(zeroBytes(word ^ separators) & inside) << (at - block);
        quoteBits |= bits(zeroBytes(word ^ quotes) & inside) << (at - block);
      }
      if (quoteBits != 0) {
        firstQuote = Math.min(firstQuote, block + Long.numberOfTrailingZeros(quoteBits));
        lastQuote = block + Long.SIZE - 1 - Long.numberOfLeadingZeros(quoteBits);
      }
      if (field + Long.SIZE >= starts.length) {
        grow();
      }
      for (long hits = separatorBits; hits != 0; hits &= hits - 1) {
        int hit = block + Long.numberOfTrailingZeros(hits);
        ends[field++] = hit;
        starts[field] = hit + 1;
      }
    }
    ends[field++] = end;
    count = field;
    return (seen & HIGH_BITS) == 0;
  }

  /**
   * Splits once more from the first field that has a quote to the last: those in front stay, and
   * those behind once no field reaches into them.
   */
  private Result splitQuoted(Row row, int start, int end) {
    int all = count;
    int next = 0;
    while (ends[next] < firstQuote) {
      next++;
    }
    int at = starts[next];
    int unpaired = -1;
    count = next;
    while (true) {
      byte[] bytes = row.bytes;
      if (at < end && bytes[at] == quote) {
        int close = closingQuote(bytes, at + 1, end);
        if (close < 0) {
          problemAt = at - start;
          return Result.QUOTE_NOT_CLOSED;
        }
        addQuoted(row, at + 1, close);
        at = close + 1;
        while (at < end && isBlank(bytes[at]) && bytes[at] != separator) {
          at++;
        }
        if (at < end && bytes[at] != separator) {
          problemAt = at - start;
          return Result.TEXT_AFTER_QUOTE;
        }
      } else {
        int from = at;
        for (; at < end && bytes[at] != separator; at++) {
          if (bytes[at] == quote) {
            unpaired = unpaired < 0 ? at : -1;
          }
        }
        add(from, at);
      }
      if (at >= end) {
        break;
      }
      at++;
      if (at > lastQuote) {
        keepFrom(at, all);
        break;
      }
    }
    problemAt = unpaired - start;
    return unpaired < 0 ? Result.FINE : Result.QUOTE_NOT_PAIRED;
  }

  /** Takes the fields that start at {@code at} or behind it as they were split first. */
  private void keepFrom(int at, int all) {
    int kept = count; // no field was put behind the one that it ends in
    while (starts[kept] < at) {
      kept++;
    }
    System.arraycopy(starts, kept, starts, count, all - kept);
    System.arraycopy(ends, kept, ends, count, all - kept);
    count += all - kept;
  }

  private int closingQuote(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      if (bytes[at] == quote) {
        if (at + 1 == end || bytes[at + 1] != quote) {
          return at;
        }
        at++;
      }
    }
    return -1;
  }

  private void addQuoted(Row row, int from, int close) {
    int at = from;
    while (at < close && row.bytes[at] != quote) {
      at++;
    }
    if (at == close) {
      add(from, close);
      return;
    }
    int start = row.allocate(close - from);
    byte[] bytes = row.bytes;
    int to = start;
    for (at = from; at < close; at++) {
      bytes[to++] = bytes[at];
      if (bytes[at] == quote) {
        at++;
      }
    }
    add(start, to);
  }

  private void add(int from, int to) {
    starts[count] = from;
    ends[count++] = to;
  }

  private void grow() {
    starts = Arrays.copyOf(starts, 2 * starts.length);
    ends = Arrays.copyOf(ends, 2 * ends.length);
  }

  static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }

  /** The high bit of each byte that is zero, and nothing else. */
  private static long zeroBytes(long word) {
    return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
  }

  /** Of a word that has nothing but high bits of bytes: those as its lowest eight. */
  private static long bits(long highBits) {
    return ((highBits >>> 7) * 0x0102040810204080L) >>> 56;
  }
}
