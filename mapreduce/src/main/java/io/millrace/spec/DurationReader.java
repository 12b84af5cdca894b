package io.millrace.spec;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes how long something takes: {@code 10m}, {@code 6h}, {@code 2d}. */
public final class DurationReader {
  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");

  private record Unit(String letter, Duration length, List<String> words) {}

  /** The longest first. */
  private static final List<Unit> UNITS =
      List.of(
          new Unit("d", Duration.ofDays(1), List.of("d", "day", "days")),
          new Unit("h", Duration.ofHours(1), List.of("h", "hour", "hours")),
          new Unit("m", Duration.ofMinutes(1), List.of("m", "min", "mins", "minute", "minutes")));

  private DurationReader() {}

  /** A duration from {@code least} to {@code most}. */
  static Optional<Duration> read(YamlValue value, Duration least, Duration most) {
    String expected =
        "a duration from `%s` to `%s`, in minutes (`m`), hours (`h`) or days (`d`)"
            .formatted(text(least), text(most));
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher quantity = QUANTITY.matcher(text.get());
    if (!quantity.matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    int number = Integer.parseInt(quantity.group(1));
    String letters = quantity.group(2);
    Optional<Unit> unit =
        UNITS.stream().filter(known -> known.letter().equals(letters)).findFirst();
    if (unit.isEmpty()) {
      reportUnit(value, number, letters, expected);
      return Optional.empty();
    }
    Duration duration = unit.get().length().multipliedBy(number);
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return Optional.of(duration);
  }

  private static void reportUnit(YamlValue value, int number, String letters, String expected) {
    String word = letters.toLowerCase(Locale.ROOT);
    Optional<Unit> meant = UNITS.stream().filter(known -> known.words().contains(word)).findFirst();
    if (letters.isEmpty()) {
      value.mismatch(expected + "; a unit is missing: write for example `" + number + "m`");
    } else if (meant.isPresent()) {
      value.mismatch("`" + number + meant.get().letter() + "`");
    } else {
      value.mismatch(expected);
    }
  }

  /** As it is read, in the longest unit that needs no fraction. */
  public static String text(Duration duration) {
    for (Unit unit : UNITS) {
      long number = duration.dividedBy(unit.length());
      if (unit.length().multipliedBy(number).equals(duration)) {
        return number == 0 ? "0m" : number + unit.letter();
      }
    }
    throw new IllegalArgumentException("Cannot write in whole minutes: " + duration);
  }
}
