package io.millrace.job.clean;

import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.util.Arrays;

/**
 * Which of the records under one key is kept. Where the key tells duplicates, a value is the event
 * time as eight bytes whose unsigned order is the order of time, then the record: the least or the
 * greatest time wins, and of equal times the record with the lesser bytes, whatever the order in
 * which they come. An empty value says that an earlier date kept a record of the key, and then none
 * is kept. Where the key does not tell duplicates, its body is the record itself and all values are
 * empty. Not thread-safe.
 */
final class DuplicateFilter {
  private static final int TIME_BYTES = Long.BYTES;

  private final CleanSettings.Duplicates duplicates;
  private final ByteBuilder best = new ByteBuilder();
  private final Slice record = new Slice();
  private long seen;
  private boolean keptEarlier;

  DuplicateFilter(CleanSettings.Duplicates duplicates) {
    this.duplicates = duplicates;
  }

  /** Writes the time that a value begins with. */
  static void putTime(ByteBuilder value, long time) {
    value.putBigEndian(time ^ Long.MIN_VALUE);
  }

  void begin() {
    seen = 0;
    keptEarlier = false;
  }

  void add(Slice value) {
    if (duplicates.byKey() && value.length() == 0) {
      keptEarlier = true;
      return;
    }
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

  /** How many records of the date came under the key. */
  long seen() {
    return seen;
  }

  /** How many of them are written. */
  long copies() {
    if (duplicates == CleanSettings.Duplicates.KEEP_ALL) {
      return seen;
    }
    return keptEarlier ? 0 : 1;
  }

  /** How many are duplicates because an earlier date kept one. */
  long duplicatesOfEarlier() {
    return keptEarlier ? seen : 0;
  }

  /** The record that is written, where one is; valid until the next call. */
  Slice kept(Slice keyBody) {
    return duplicates.byKey()
        ? record.set(best.array(), TIME_BYTES, best.length() - TIME_BYTES)
        : keyBody;
  }
}
