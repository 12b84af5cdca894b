package io.millrace.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * ISO 8601 as it is met in data: {@code yyyy-MM-dd}, {@code T} or a blank, {@code HH:mm}, then
 * where wanted {@code :ss}, a fraction of up to nine digits, and {@code Z} or an offset ({@code
 * +02:00}, {@code +0200}, {@code +02}). Without an offset the time is the zone's.
 */
final class IsoTimestamp implements TimestampFormat {
  private static final int TO_MINUTE = 16;
  private static final int TO_SECOND = 19;
  private static final int MOST_FRACTION_DIGITS = 9;
  private static final int MOST_OFFSET_SECONDS = 18 * 3600;
  private static final int NO_OFFSET = Integer.MIN_VALUE;
  private static final int[] NANOS_PER_UNIT = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle TWO_BYTES =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final LocalTimes localTimes;
  private long lastYearAndMonth;
  private short lastDayOfMonth;
  private long lastEpochDay = IsoDate.INVALID;

  IsoTimestamp(LocalTimes localTimes) {
    this.localTimes = localTimes;
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    if (to - from < TO_MINUTE) {
      return MISMATCH;
    }
    long day = epochDay(bytes, from);
    int hour = IsoDate.twoDigits(bytes, from + 11);
    int minute = IsoDate.twoDigits(bytes, from + 14);
    byte between = bytes[from + 10];
    if (day == IsoDate.INVALID
        || (between != 'T' && between != ' ' && between != 't')
        || bytes[from + 13] != ':'
        || (hour | minute | 23 - hour | 59 - minute) < 0) {
      return MISMATCH;
    }
    int at = from + TO_MINUTE;
    int second = 0;
    int nanos = 0;
    if (at < to && bytes[at] == ':') {
      if (to - from < TO_SECOND) {
        return MISMATCH;
      }
      second = IsoDate.twoDigits(bytes, at + 1);
      if ((second | 59 - second) < 0) {
        return MISMATCH;
      }
      at = from + TO_SECOND;
      if (at < to && bytes[at] == '.') {
        int first = ++at;
        int digit;
        while (at < to && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
          if (at - first == MOST_FRACTION_DIGITS) {
            return MISMATCH;
          }
          nanos = nanos * 10 + digit;
          at++;
        }
        if (at == first) {
          return MISMATCH;
        }
        nanos *= NANOS_PER_UNIT[at - first];
      }
    }
    long local = ((day * 24 + hour) * 60 + minute) * 60 + second;
    long epochSecond;
    if (at == to) {
      epochSecond = localTimes.epochSecond(local);
      if (epochSecond == LocalTimes.SKIPPED) {
        return SKIPPED;
      }
    } else {
      int offset = offset(bytes, at, to);
      if (offset == NO_OFFSET) {
        return MISMATCH;
      }
      epochSecond = local - offset;
    }
    return epochSecond * MICROS_PER_SECOND + nanos / 1000;
  }

  /** Neighbouring records mostly share their day: its ten bytes are compared at once. */
  private long epochDay(byte[] bytes, int from) {
    long yearAndMonth = (long) EIGHT_BYTES.get(bytes, from);
    short dayOfMonth = (short) TWO_BYTES.get(bytes, from + Long.BYTES);
    if (yearAndMonth != lastYearAndMonth || dayOfMonth != lastDayOfMonth) {
      lastYearAndMonth = yearAndMonth;
      lastDayOfMonth = dayOfMonth;
      lastEpochDay = IsoDate.epochDay(bytes, from);
    }
    return lastEpochDay;
  }

  /** Seconds east of Greenwich, or {@link #NO_OFFSET} where the rest of the text is no offset. */
  private static int offset(byte[] bytes, int from, int to) {
    byte sign = bytes[from];
    int length = to - from;
    if (length == 1) {
      return sign == 'Z' || sign == 'z' ? 0 : NO_OFFSET;
    }
    if ((sign != '+' && sign != '-') || length < 3) {
      return NO_OFFSET;
    }
    int hours = IsoDate.twoDigits(bytes, from + 1);
    int minutes;
    if (length == 3) {
      minutes = 0;
    } else if (length == 5) {
      minutes = IsoDate.twoDigits(bytes, from + 3);
    } else if (length == 6 && bytes[from + 3] == ':') {
      minutes = IsoDate.twoDigits(bytes, from + 4);
    } else {
      return NO_OFFSET;
    }
    if ((hours | minutes | 59 - minutes) < 0) {
      return NO_OFFSET;
    }
    int seconds = hours * 3600 + minutes * 60;
    if (seconds > MOST_OFFSET_SECONDS) {
      return NO_OFFSET;
    }
    return sign == '-' ? -seconds : seconds;
  }
}
