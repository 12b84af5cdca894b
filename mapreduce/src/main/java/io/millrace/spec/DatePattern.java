package io.millrace.spec;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that depends on a date: {@code ${date}}, {@code ${date-1d}} or {@code ${date+1d}}, each
 * also with letters of {@link DateTimeFormatter}, {@code ${date:yyyy/MM/dd}}. Without letters a
 * date is written {@code 2026-01-31}. <code>$${</code> stands for <code>${</code> itself.
 */
public final class DatePattern {
  private static final Pattern DATE = Pattern.compile("date(?:([-+])(\\d{1,5})d)?(?::(.+))?");
  private static final LocalDate SAMPLE = LocalDate.of(2026, 1, 31);

  /** A piece of the path: text as it is, or a date in a format. */
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Shifted(int days, DateTimeFormatter format) implements Part {}
  }

  private final List<Part> parts;

  private DatePattern(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if something in <code>${…}</code> is no date; the message
   *     tells a person why
   */
  public static DatePattern of(String path) {
    List<Part> parts = new ArrayList<>();
    Matcher placeholder = Placeholders.PLACEHOLDER.matcher(path);
    int end = 0;
    while (placeholder.find()) {
      parts.add(new Part.Text(path.substring(end, placeholder.start())));
      parts.add(part(placeholder));
      end = placeholder.end();
    }
    parts.add(new Part.Text(path.substring(end)));
    return new DatePattern(parts);
  }

  /** Whether the path is another for another date. */
  public boolean isDated() {
    return parts.stream().anyMatch(Part.Shifted.class::isInstance);
  }

  /** The path for a date. */
  public String expand(LocalDate date) {
    StringBuilder path = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Shifted shifted) {
        path.append(date.plusDays(shifted.days()).format(shifted.format()));
      } else if (part instanceof Part.Text text) {
        path.append(text.text());
      }
    }
    return path.toString();
  }

  private static Part part(Matcher placeholder) {
    if (placeholder.group().equals("$${")) {
      return new Part.Text("${");
    }
    Matcher date = DATE.matcher(Optional.ofNullable(placeholder.group(1)).orElse(""));
    if (!date.matches()) {
      throw new IllegalArgumentException(
          "`"
              + placeholder.group()
              + "` is no date; write `${date}`, `${date-1d}` or `${date:yyyy/MM/dd}`");
    }
    int days = date.group(2) == null ? 0 : Integer.parseInt(date.group(2));
    String letters = date.group(3);
    return new Part.Shifted(
        "-".equals(date.group(1)) ? -days : days,
        letters == null ? DateTimeFormatter.ISO_LOCAL_DATE : format(placeholder.group(), letters));
  }

  private static DateTimeFormatter format(String placeholder, String letters) {
    if (letters.contains("Y")) {
      throw new IllegalArgumentException(
          "`" + placeholder + "` has `Y`, the year that a week belongs to; write `yyyy`");
    }
    try {
      DateTimeFormatter format = DateTimeFormatter.ofPattern(letters, Locale.ROOT);
      if (!format.format(SAMPLE).isBlank()) {
        return format;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(unwritable(placeholder) + " (" + e.getMessage() + ")", e);
    }
    throw new IllegalArgumentException(unwritable(placeholder));
  }

  private static String unwritable(String placeholder) {
    return "`"
        + placeholder
        + "` asks for what a date does not have; write for example `${date:yyyy/MM/dd}`";
  }
}
