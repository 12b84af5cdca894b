package io.millrace.model;

import io.millrace.row.XxHash64;
import java.util.Arrays;
import java.util.List;

/** A number for each of some texts, found by their UTF-8, and one for all others. Immutable. */
final class TextCodes {
  private final byte[][] texts;
  private final long[] codes;
  private final long other;

  /** Places of texts, from 1, by hash: a power of two, at most half of which is taken. */
  private final int[] slots;

  /**
   * @param texts in UTF-8; of two that are equal the first counts
   * @param codes of each text
   */
  TextCodes(List<byte[]> texts, long[] codes, long other) {
    this.texts = texts.toArray(byte[][]::new);
    this.codes = codes.clone();
    this.other = other;
    slots = new int[Integer.highestOneBit(Math.max(1, this.texts.length)) << 2];
    for (int i = 0; i < this.texts.length; i++) {
      byte[] text = this.texts[i];
      int slot = slotOf(text, 0, text.length);
      if (slots[slot] == 0) {
        slots[slot] = i + 1;
      }
    }
  }

  /** The number of a text. */
  long of(byte[] utf8, int offset, int length) {
    int place = slots[slotOf(utf8, offset, length)];
    return place == 0 ? other : codes[place - 1];
  }

  /** Where a text is, or would be. */
  private int slotOf(byte[] utf8, int offset, int length) {
    int mask = slots.length - 1;
    int slot = (int) XxHash64.hash(utf8, offset, length) & mask;
    while (slots[slot] != 0) {
      byte[] text = texts[slots[slot] - 1];
      if (Arrays.equals(text, 0, text.length, utf8, offset, offset + length)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
