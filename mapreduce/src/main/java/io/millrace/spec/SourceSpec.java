package io.millrace.spec;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Where records come from.
 *
 * @param path of a date's input: a folder, a file or a glob; still holds {@code ${date}} and {@code
 *     ${date-1d}}
 * @param schema an Avro schema file, relative to the spec
 * @param eventTime the column that says when a record happened
 * @param from the first date; before it, history is empty
 * @param landed how one sees that a date's input is all there; decides nothing of what is made
 */
public record SourceSpec(
    Located<String> path,
    FormatSpec format,
    Located<String> schema,
    Optional<Located<String>> eventTime,
    LocalDate from,
    Missing missing,
    Lateness lateness,
    Landed landed) {
  private static final String PATTERN = ".*[*?\\[\\]{}\\\\].*";

  /** The same source, read from elsewhere from another date on; absent dates are empty. */
  SourceSpec onTrial(String otherPath, LocalDate otherFrom) {
    return new SourceSpec(
        new Located<>(otherPath, path.at()),
        format,
        schema,
        eventTime,
        otherFrom,
        Missing.EMPTY,
        lateness,
        landed);
  }

  /** Where a date's input lies: a folder, a file or a glob. */
  public String place(LocalDate date) {
    return DatePattern.of(path.value()).expand(date);
  }

  /** The place of a date's input, or what is above the first name of it that is a glob. */
  public String folder(LocalDate date) {
    String place = place(date);
    int end = 0;
    while (end < place.length()) {
      int next = place.indexOf('/', end + 1);
      int stop = next < 0 ? place.length() : next;
      if (place.substring(end, stop).matches(PATTERN)) {
        return end == 0 ? "" : place.substring(0, end);
      }
      end = stop;
    }
    return place;
  }

  /** What the absence of a date's input means. */
  public enum Missing {
    FAIL,
    EMPTY
  }

  /** How many days before its landing date an event may lie. */
  public sealed interface Lateness {
    record Unlimited() implements Lateness {}

    record Days(int days) implements Lateness {}
  }

  /** How one sees that a date's input is all there. */
  public sealed interface Landed {
    /** Its producer writes a file of this name into its folder, after all others. */
    record DoneFlag(String name) implements Landed {}

    /** It is there, and nothing of it has changed for so long. */
    record Settled(Duration quiet) implements Landed {}
  }
}
