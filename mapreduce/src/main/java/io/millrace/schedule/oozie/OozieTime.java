package io.millrace.schedule.oozie;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Moments as Oozie writes them: in UTC, to the minute, such as {@code 2026-01-02T03:00Z}. */
public final class OozieTime {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

  private OozieTime() {}

  public static String text(Instant moment) {
    return MINUTE.format(moment);
  }

  /**
   * Reads a moment.
   *
   * @throws java.time.format.DateTimeParseException where it is none
   */
  public static Instant parse(String text) {
    return MINUTE.parse(text, Instant::from);
  }
}
