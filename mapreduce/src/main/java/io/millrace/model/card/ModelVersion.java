package io.millrace.model.card;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a model. Its printed form is {@code 2026-11-15-1}; later ones are greater.
 *
 * @param date on which it was trained: what was known by then went into it
 * @param number among the versions of that date, from 1
 */
public record ModelVersion(LocalDate date, int number) implements Comparable<ModelVersion> {
  private static final Comparator<ModelVersion> ORDER =
      Comparator.comparing(ModelVersion::date).thenComparing(ModelVersion::number);
  private static final Pattern PRINTED =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})-([1-9][0-9]{0,8})");

  public ModelVersion {
    if (number < 1) {
      throw new IllegalArgumentException(
          "Cannot name a version of %s with the number %d: they count from 1"
              .formatted(date, number));
    }
  }

  /**
   * The version of a printed form.
   *
   * @throws IllegalArgumentException where it is none
   */
  @JsonCreator
  public static ModelVersion parse(String text) {
    Matcher printed = PRINTED.matcher(text);
    if (printed.matches()) {
      try {
        return new ModelVersion(
            LocalDate.parse(printed.group(1)), Integer.parseInt(printed.group(2)));
      } catch (DateTimeParseException e) {
        // no such day
      }
    }
    throw new IllegalArgumentException(
        "Cannot read the version %s: expected the day of training and a number, such as 2026-11-15-1"
            .formatted(text));
  }

  /** The version that comes behind it on the same day. */
  public ModelVersion next() {
    return new ModelVersion(date, number + 1);
  }

  @Override
  public int compareTo(ModelVersion other) {
    return ORDER.compare(this, other);
  }

  @JsonValue
  @Override
  public String toString() {
    return date + "-" + number;
  }
}
