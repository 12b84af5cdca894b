package io.millrace.source;

/** One way to write a timestamp. May keep a cache; not thread-safe. */
interface TimestampFormat {
  /** The text is not of this format. Lies outside of what {@link #micros} returns for times. */
  long MISMATCH = Long.MIN_VALUE;

  /** The text names a local time that a change of the clocks skips. */
  long SKIPPED = Long.MIN_VALUE + 1;

  long MICROS_PER_SECOND = 1_000_000L;

  /** Microseconds since 1970-01-01T00:00Z, rounded down, or one of the constants. */
  long micros(byte[] bytes, int from, int to);
}
