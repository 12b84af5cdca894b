package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.util.Arrays;

/**
 * Which of the records under one key is kept. Where the key tells duplicates, a value is the event
 * time as eight bytes whose unsigned order is the order of time, then the record: the least or the
 * greatest time wins, and of equal times the record with the lesser bytes, whatever the order in
 * which they come. Otherwise the key's body is the record itself and values are empty. Not
 * thread-safe.
 */
final class DuplicateFilter {
  private static final int TIME_BYTES = Long.BYTES;

  private final CleanSettings.Duplicates duplicates;
  private final ByteBuilder best = new ByteBuilder();
  private final Slice record = new Slice();
  private long seen;

  DuplicateFilter(CleanSettings.Duplicates duplicates) {
    this.duplicates = duplicates;
  }

  /** Writes the time that a value begins with. */
  static void putTime(ByteBuilder value, long time) {
    value.putBigEndian(time ^ Long.MIN_VALUE);
  }

  void begin() {
    seen = 0;
  }

  void add(Slice value) {
    if (duplicates.byKey() && (seen == 0 || isBetter(value))) {
      best.clear().putBytes(value.array(), value.offset(), value.length());
    }
    seen++;
  }

  private boolean isBetter(Slice value) {
    byte[] array = value.array();
    int offset = value.offset();
    int byTime =
        Arrays.compareUnsigned(array, offset, offset + TIME_BYTES, best.array(), 0, TIME_BYTES);
    if (byTime != 0) {
      return duplicates == CleanSettings.Duplicates.KEEP_LATEST ? byTime > 0 : byTime < 0;
    }
    return Arrays.compareUnsigned(
            array, offset, offset + value.length(), best.array(), 0, best.length())
        < 0;
  }

  /** How many records came under the key. */
  long seen() {
    return seen;
  }

  /** How many of them are written. */
  long copies() {
    return duplicates == CleanSettings.Duplicates.KEEP_ALL ? seen : 1;
  }

  /** The record that is written; valid until the next call. */
  Slice kept(Slice keyBody) {
    return duplicates.byKey()
        ? record.set(best.array(), TIME_BYTES, best.length() - TIME_BYTES)
        : keyBody;
  }
}
