package io.millrace.source;

/** {@code yyyy-MM-dd} in the proleptic Gregorian calendar, years 0000 to 9999. */
final class IsoDate {
  /** What {@link #epochDay} returns for what is no date. */
  static final long INVALID = Long.MIN_VALUE;

  static final int LENGTH = 10;

  private static final int DAYS_OF_400_YEARS = 146_097;
  private static final int DAYS_FROM_MARCH_0000_TO_1970 = 719_468;

  private IsoDate() {}

  /** The days since 1970-01-01 of the ten bytes at {@code from}, or {@link #INVALID}. */
  static long epochDay(byte[] bytes, int from) {
    int century = twoDigits(bytes, from);
    int yearOfCentury = twoDigits(bytes, from + 2);
    int month = twoDigits(bytes, from + 5);
    int day = twoDigits(bytes, from + 8);
    if ((century | yearOfCentury | month | day) < 0
        || bytes[from + 4] != '-'
        || bytes[from + 7] != '-') {
      return INVALID;
    }
    return epochDay(century * 100 + yearOfCentury, month, day);
  }

  /** The days since 1970-01-01, or {@link #INVALID} where the calendar has no such day. */
  static long epochDay(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) {
      return INVALID;
    }
    // years that start in March: the leap day comes last
    int marchYear = month > 2 ? year + 400 : year + 399;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int era = marchYear / 400;
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) (era - 1) * DAYS_OF_400_YEARS + dayOfEra - DAYS_FROM_MARCH_0000_TO_1970;
  }

  /** The number that two digits make, or one below zero. */
  static int twoDigits(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1 : tens * 10 + ones;
  }

  private static int lengthOfMonth(int year, int month) {
    if (month == 2) {
      return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return 30 + ((month + (month >> 3)) & 1);
  }
}
