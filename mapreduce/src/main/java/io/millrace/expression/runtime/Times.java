package io.millrace.expression.runtime;

/** Units of time that no zone bends. */
public final class Times {
  static final long SECONDS_PER_DAY = 86_400;
  static final long MILLIS_PER_SECOND = 1000;
  static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MILLI = 1000;

  private Times() {}

  public static long millisToSeconds(long millis) {
    return Math.floorDiv(millis, MILLIS_PER_SECOND);
  }

  public static long microsToSeconds(long micros) {
    return Math.floorDiv(micros, MICROS_PER_SECOND);
  }

  public static long secondsToMillis(long seconds) {
    return scaled(seconds, MILLIS_PER_SECOND);
  }

  public static long secondsToMicros(long seconds) {
    return scaled(seconds, MICROS_PER_SECOND);
  }

  public static long millisToMicros(long millis) {
    return scaled(millis, MICROS_PER_MILLI);
  }

  public static long microsToMillis(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MILLI);
  }

  static long scaled(long value, long factor) {
    long result = value * factor;
    if (Math.multiplyHigh(value, factor) != result >> 63) {
      throw new ArithmeticException("the result is beyond the range of TIMESTAMP");
    }
    return result;
  }

  public static long same(long value) {
    return value;
  }

  /** What lies behind the whole seconds, in another unit. */
  public static long scaledRest(long value, long unitsPerSecond, long wanted) {
    long rest = Math.floorMod(value, unitsPerSecond);
    return wanted >= unitsPerSecond
        ? rest * (wanted / unitsPerSecond)
        : rest / (unitsPerSecond / wanted);
  }

  public static long hourOfDay(long secondOfDay) {
    return secondOfDay / 3600;
  }

  public static long minuteOfHour(long secondOfDay) {
    return secondOfDay / 60 % 60;
  }

  public static long secondOfMinute(long secondOfDay) {
    return secondOfDay % 60;
  }

  /** How many whole units lie from one moment to another; negative where the second is earlier. */
  public static long wholeUnitsBetween(long from, long to, long unit) {
    return Numbers.subtractBigint(to, from) / unit;
  }
}
