package io.millrace.spec;

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
 */
public record SourceSpec(
    Located<String> path,
    FormatSpec format,
    Located<String> schema,
    Optional<Located<String>> eventTime,
    LocalDate from,
    Missing missing,
    Lateness lateness) {
  /** The same source, read from elsewhere from another date on; absent dates are empty. */
  SourceSpec onTrial(String otherPath, LocalDate otherFrom) {
    return new SourceSpec(
        new Located<>(otherPath, path.at()),
        format,
        schema,
        eventTime,
        otherFrom,
        Missing.EMPTY,
        lateness);
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
}
