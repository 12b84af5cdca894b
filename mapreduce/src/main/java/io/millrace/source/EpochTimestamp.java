package io.millrace.source;

/**
 * Seconds or milliseconds since 1970-01-01T00:00Z, with a fraction where wanted. Only years 0000 to
 * 9999: milliseconds that are taken for seconds must not pass.
 */
final class EpochTimestamp implements TimestampFormat {
  /** So many digits always fit into a long. */
  private static final int SAFE_DIGITS = 18;

  private static final long FIRST = IsoDate.epochDay(0, 1, 1) * 86_400 * MICROS_PER_SECOND;
  private static final long BEHIND_LAST =
      (IsoDate.epochDay(9999, 12, 31) + 1) * 86_400 * MICROS_PER_SECOND;

  private final int fractionDigits;

  private EpochTimestamp(int fractionDigits) {
    this.fractionDigits = fractionDigits;
  }

  static EpochTimestamp ofSeconds() {
    return new EpochTimestamp(6);
  }

  static EpochTimestamp ofMillis() {
    return new EpochTimestamp(3);
  }

  @Override
  public long micros(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int at = negative || bytes[from] == '+' ? from + 1 : from;
    int first = at;
    long value = 0;
    int digit;
    while (at < to && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
      if (at - first == SAFE_DIGITS - fractionDigits) {
        return MISMATCH;
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == first) {
      return MISMATCH;
    }
    int missing = fractionDigits;
    boolean cut = false;
    if (at < to && bytes[at] == '.') {
      first = ++at;
      for (; at < to; at++) {
        digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          return MISMATCH;
        }
        if (missing > 0) {
          value = value * 10 + digit;
          missing--;
        } else {
          cut |= digit != 0;
        }
      }
      if (at == first) {
        return MISMATCH;
      }
    }
    if (at != to) {
      return MISMATCH;
    }
    for (; missing > 0; missing--) {
      value *= 10;
    }
    long micros = negative ? -value - (cut ? 1 : 0) : value;
    return micros >= FIRST && micros < BEHIND_LAST ? micros : MISMATCH;
  }
}
