package io.millrace.expression.runtime;

/**
 * The proleptic Gregorian calendar on days since 1970-01-01. After Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that leap days come last.
 */
public final class Days {
  private static final long DAYS_PER_ERA = 146_097;
  private static final long YEARS_PER_ERA = 400;

  /** Days from 0000-03-01 to 1970-01-01. */
  private static final long EPOCH_SHIFT = 719_468;

  /** 1970-01-01 was a Thursday. */
  private static final int EPOCH_WEEKDAY = 3;

  private Days() {}

  /** Year, month and day as one number: {@code (year * 16 + month) * 32 + day}. */
  private static long civil(long day) {
    long shifted = day + EPOCH_SHIFT;
    long era = Math.floorDiv(shifted, DAYS_PER_ERA);
    long dayOfEra = shifted - era * DAYS_PER_ERA;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * dayOfYear + 2) / 153;
    long dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    long year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
    return ((year << 4) | month) << 5 | dayOfMonth;
  }

  static long of(long year, long month, long dayOfMonth) {
    long marchYear = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(marchYear, YEARS_PER_ERA);
    long yearOfEra = marchYear - era * YEARS_PER_ERA;
    long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
  }

  static long lengthOfMonth(long year, long month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  public static long year(long day) {
    return civil(day) >> 9;
  }

  public static long month(long day) {
    return (civil(day) >> 5) & 15;
  }

  public static long dayOfMonth(long day) {
    return civil(day) & 31;
  }

  public static long quarter(long day) {
    return (month(day) + 2) / 3;
  }

  public static long dayOfYear(long day) {
    return day - startOfYear(day) + 1;
  }

  /** Sunday is 1. */
  public static long dayOfWeek(long day) {
    return Math.floorMod(day + EPOCH_WEEKDAY + 1, 7L) + 1;
  }

  /** Monday is 1. */
  public static long isoDayOfWeek(long day) {
    return Math.floorMod(day + EPOCH_WEEKDAY, 7L) + 1;
  }

  /** ISO 8601: week 1 is the one with the year's first Thursday. */
  public static long week(long day) {
    return (dayOfYear(thursday(day)) - 1) / 7 + 1;
  }

  /** The year that the ISO week belongs to. */
  public static long isoYear(long day) {
    return year(thursday(day));
  }

  private static long thursday(long day) {
    return startOfWeek(day) + 3;
  }

  /** The Monday on or before. */
  public static long startOfWeek(long day) {
    return day - Math.floorMod(day + EPOCH_WEEKDAY, 7L);
  }

  public static long startOfMonth(long day) {
    return day - dayOfMonth(day) + 1;
  }

  public static long endOfMonth(long day) {
    return startOfMonth(day) + lengthOfMonth(year(day), month(day)) - 1;
  }

  /** A day that the calendar must have. */
  public static long checked(long year, long month, long dayOfMonth) {
    if (year < 1
        || year > 9999
        || month < 1
        || month > 12
        || dayOfMonth < 1
        || dayOfMonth > lengthOfMonth(year, month)) {
      throw new IllegalArgumentException(
          "year "
              + year
              + ", month "
              + month
              + ", day "
              + dayOfMonth
              + " is no day of the calendar");
    }
    return of(year, month, dayOfMonth);
  }

  public static long startOfQuarter(long day) {
    return of(year(day), quarter(day) * 3 - 2, 1);
  }

  public static long startOfYear(long day) {
    return of(year(day), 1, 1);
  }

  public static long plusDays(long day, long days) {
    return checkedDay(Numbers.addBigint(day, days));
  }

  /** The same day of another month, or that month's last one. */
  public static long plusMonths(long day, long months) {
    long civil = civil(day);
    long total = Numbers.addBigint((civil >> 9) * 12 + ((civil >> 5) & 15) - 1, months);
    long year = Math.floorDiv(total, 12L);
    long month = Math.floorMod(total, 12L) + 1;
    if (Math.abs(year) > 10_000_000) {
      throw new ArithmeticException("year " + year + " is beyond the range of DATE");
    }
    return checkedDay(of(year, month, Math.min(civil & 31, lengthOfMonth(year, month))));
  }

  private static long checkedDay(long day) {
    if (day != (int) day) {
      throw new ArithmeticException("day " + day + " since 1970 is beyond the range of DATE");
    }
    return day;
  }

  /** Whole months from one day to another; negative where the second is earlier. */
  public static long monthsBetween(long from, long to) {
    long months = 12 * (year(to) - year(from)) + month(to) - month(from);
    long days = dayOfMonth(to) - dayOfMonth(from);
    if (months > 0 && days < 0) {
      return months - 1;
    }
    return months < 0 && days > 0 ? months + 1 : months;
  }
}
