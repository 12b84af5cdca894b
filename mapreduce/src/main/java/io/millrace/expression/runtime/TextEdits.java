package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.util.Arrays;

/** Functions that take text apart and put it together again, character by character. */
public final class TextEdits {
  /** Longer results are no values of a record, but slips that would fill the memory. */
  private static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_COMPARED = 1000;

  private TextEdits() {}

  public static long padLeading(Row row, long text, long length, long pad) {
    return padded(row, text, length, pad, "LPAD", true);
  }

  public static long padTrailing(Row row, long text, long length, long pad) {
    return padded(row, text, length, pad, "RPAD", false);
  }

  private static long padded(
      Row row, long text, long length, long pad, String function, boolean isInFront) {
    long missing = Math.max(length, 0) - Texts.charLength(row, text);
    if (missing <= 0) {
      return Texts.left(row, text, Math.max(length, 0));
    }
    if (Slices.length(pad) == 0) {
      return text;
    }
    checkLength(length, function);
    int start = row.end();
    if (!isInFront) {
      Texts.append(row, text);
    }
    long characters = Texts.charLength(row, pad);
    for (; missing > 0; missing -= characters) {
      Texts.append(row, missing < characters ? Texts.left(row, pad, missing) : pad);
    }
    if (isInFront) {
      Texts.append(row, text);
    }
    return Slices.of(start, row.end() - start);
  }

  private static void checkLength(long length, String function) {
    if (length > MAX_LENGTH) {
      throw new ArithmeticException(
          function + " to a length of " + length + ": at most " + MAX_LENGTH);
    }
  }

  public static long repeat(Row row, long text, long count) {
    if (count <= 0 || Slices.length(text) == 0) {
      return Slices.of(Slices.offset(text), 0);
    }
    checkLength(count > MAX_LENGTH ? count : count * Slices.length(text), "REPEAT");
    int start = row.end();
    for (long i = 0; i < count; i++) {
      Texts.append(row, text);
    }
    return Slices.of(start, row.end() - start);
  }

  public static long reverse(Row row, long text) {
    int[] characters = codePoints(row, text);
    for (int i = 0, j = characters.length - 1; i < j; i++, j--) {
      int first = characters[i];
      characters[i] = characters[j];
      characters[j] = first;
    }
    return Slices.ofString(row, new String(characters, 0, characters.length));
  }

  /** Words are letters and digits. */
  public static long initialCapitals(Row row, long text) {
    int[] characters = codePoints(row, text);
    boolean isInside = false;
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      characters[i] = isInside ? Character.toLowerCase(c) : Character.toTitleCase(c);
      isInside = Character.isLetterOrDigit(c);
    }
    return Slices.ofString(row, new String(characters, 0, characters.length));
  }

  /** The first of equal characters in {@code from} counts. */
  public static long translate(Row row, long text, long from, long to) {
    int[] characters = codePoints(row, text);
    int[] wanted = codePoints(row, from);
    int[] substitutes = codePoints(row, to);
    int length = 0;
    for (int c : characters) {
      int found = indexOf(wanted, c);
      if (found < 0) {
        characters[length++] = c;
      } else if (found < substitutes.length) {
        characters[length++] = substitutes[found];
      }
    }
    return Slices.ofString(row, new String(characters, 0, length));
  }

  private static int indexOf(int[] characters, int wanted) {
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  public static long overlay(Row row, long text, long placed, long from, long count) {
    if (from < 1 || count < 0) {
      throw new IllegalArgumentException(
          "OVERLAY cannot take " + count + " characters from position " + from);
    }
    long behind = Texts.substringFrom(row, text, Numbers.addBigint(from, count));
    int start = row.end();
    Texts.append(row, Texts.left(row, text, from - 1));
    Texts.append(row, placed);
    Texts.append(row, behind);
    return Slices.of(start, row.end() - start);
  }

  /** Parts count from 1, or from the end; an empty separator leaves the text whole. */
  public static long splitPart(Row row, long text, long separator, long part) {
    if (part == 0) {
      throw new IllegalArgumentException("SPLIT_PART has no part 0: the first is 1, the last -1");
    }
    int end = Slices.offset(text) + Slices.length(text);
    int step = Slices.length(separator);
    if (step == 0) {
      return part == 1 || part == -1 ? text : Slices.of(end, 0);
    }
    long wanted = part;
    if (part < 0) {
      wanted = part + 1;
      for (int at = Slices.offset(text); at >= 0; at = next(row, separator, at, end, step)) {
        wanted++;
      }
    }
    int start = Slices.offset(text);
    for (; wanted > 1 && start >= 0; wanted--) {
      start = next(row, separator, start, end, step);
    }
    if (start < 0 || wanted < 1) {
      return Slices.of(end, 0);
    }
    int stop = Texts.indexOf(row.bytes, separator, start, end);
    return Slices.of(start, (stop < 0 ? end : stop) - start);
  }

  /** Where the part after the next separator starts; -1 where there is none. */
  private static int next(Row row, long separator, int from, int end, int step) {
    int found = Texts.indexOf(row.bytes, separator, from, end);
    return found < 0 ? -1 : found + step;
  }

  public static long firstCodePoint(Row row, long text) {
    return Slices.length(text) == 0
        ? 0
        : Slices.string(row, Texts.left(row, text, 1)).codePointAt(0);
  }

  public static long ofCodePoint(Row row, long codePoint) {
    if (codePoint <= 0
        || codePoint > Character.MAX_CODE_POINT
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
      throw new IllegalArgumentException("CHR of " + codePoint + " is no character");
    }
    return Slices.ofString(row, Character.toString((int) codePoint));
  }

  /** Wagner and Fischer, "The String-to-String Correction Problem", with two rows. */
  public static long levenshtein(Row row, long left, long right) {
    int[] from = codePoints(row, left);
    int[] to = codePoints(row, right);
    if (from.length > MAX_COMPARED || to.length > MAX_COMPARED) {
      throw new IllegalArgumentException(
          "LEVENSHTEIN takes texts of at most "
              + MAX_COMPARED
              + " characters, but found "
              + Math.max(from.length, to.length));
    }
    int[] costs = new int[to.length + 1];
    Arrays.setAll(costs, j -> j);
    for (int i = 1; i <= from.length; i++) {
      int diagonal = costs[0];
      costs[0] = i;
      for (int j = 1; j <= to.length; j++) {
        int above = costs[j];
        int change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
        costs[j] = Math.min(change, Math.min(above, costs[j - 1]) + 1);
        diagonal = above;
      }
    }
    return costs[to.length];
  }

  private static int[] codePoints(Row row, long text) {
    return Slices.string(row, text).codePoints().toArray();
  }
}
