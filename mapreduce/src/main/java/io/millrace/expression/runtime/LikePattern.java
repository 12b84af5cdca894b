package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.util.Arrays;

/**
 * A LIKE pattern: {@code %} is any text, {@code _} any character, {@code \} makes the next
 * character stand for itself. Matches bytes of UTF-8 and takes time proportional to text times
 * pattern at worst. Lies in the row's constants and is read from there at first use.
 */
public final class LikePattern {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  private final long constant;
  private int[] elements = new int[0];
  private boolean isRead;

  /**
   * @param constant where the pattern lies in the row
   */
  public LikePattern(long constant) {
    this.constant = constant;
  }

  public boolean matches(Row row, long text) {
    if (!isRead) {
      read(Texts.copy(row, constant));
    }
    byte[] bytes = row.bytes;
    int[] pattern = elements;
    int at = Slices.offset(text);
    int end = at + Slices.length(text);
    int next = 0;
    int retryPattern = -1;
    int retryText = at;
    while (at < end) {
      int element = next < pattern.length ? pattern[next] : Integer.MIN_VALUE;
      if (element == ANY_TEXT) {
        next++;
        if (next == pattern.length) {
          return true;
        }
        retryPattern = next;
        retryText = at;
      } else if (element == ANY_CHARACTER) {
        next++;
        at = afterCharacter(bytes, at, end);
      } else if (element == (bytes[at] & 0xFF)) {
        next++;
        at++;
      } else if (retryPattern >= 0) {
        // the last % takes one character more
        retryText = afterCharacter(bytes, retryText, end);
        at = retryText;
        next = retryPattern;
      } else {
        return false;
      }
    }
    while (next < pattern.length && pattern[next] == ANY_TEXT) {
      next++;
    }
    return next == pattern.length;
  }

  private static int afterCharacter(byte[] bytes, int at, int end) {
    int after = at + 1;
    while (after < end && (bytes[after] & 0xC0) == 0x80) {
      after++;
    }
    return after;
  }

  private void read(byte[] pattern) {
    int[] read = new int[pattern.length];
    int count = 0;
    for (int i = 0; i < pattern.length; i++) {
      boolean isEscaped = pattern[i] == '\\' && i + 1 < pattern.length;
      if (isEscaped) {
        i++;
      }
      int element =
          switch (isEscaped ? 0 : pattern[i]) {
            case '%' -> ANY_TEXT;
            case '_' -> ANY_CHARACTER;
            default -> pattern[i] & 0xFF;
          };
      read[count++] = element;
    }
    elements = Arrays.copyOf(read, count);
    isRead = true;
  }
}
