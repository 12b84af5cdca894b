package io.millrace.spec;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads texts that mean something else: days, shares, dates, zones, one of a few words. */
final class ScalarReader {
  private static final Pattern QUANTITY = Pattern.compile("(-?\\d+)\\s*([A-Za-z]*)");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,12})?)\\s*(%?)");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final int BITS_PER_UNIT = 10;
  private static final long MOST_BYTES = 1L << 50;
  private static final int MOST_DAYS = 36_500;

  private ScalarReader() {}

  /** Whole days such as {@code 7d}. */
  static Optional<Integer> days(YamlValue value, int least) {
    String expected = "a number of whole days such as `7d`";
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher quantity = QUANTITY.matcher(text.get());
    if (!quantity.matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    Optional<Integer> number = wholeNumber(quantity.group(1));
    String unit = quantity.group(2);
    if (!unit.equals("d")) {
      reportUnit(value, number.orElse(1), unit);
      return Optional.empty();
    }
    if (number.isEmpty() || number.get() > MOST_DAYS || number.get() < least) {
      value.mismatch("from `%dd` to `%dd`".formatted(least, MOST_DAYS));
      return Optional.empty();
    }
    return number;
  }

  private static void reportUnit(YamlValue value, int number, String unit) {
    String found = "`" + value.path() + "` is " + value.shown() + "; ";
    switch (unit.toLowerCase(Locale.ROOT)) {
      case "" -> value.problem(found + "a unit is missing: write `" + number + "d`");
      case "d", "day", "days" -> value.problem(found + "write `" + number + "d`");
      case "w", "week", "weeks" ->
          value.problem(found + "write weeks as days: `" + 7L * number + "d`");
      case "h", "hour", "hours", "m", "min", "minutes", "s" ->
          value.problem(
              found + "only whole days are supported yet by this version: write for example `1d`");
      default -> value.mismatch("a number of whole days such as `7d`");
    }
  }

  private static Optional<Integer> wholeNumber(String digits) {
    return digits.length() > 9 ? Optional.empty() : Optional.of(Integer.parseInt(digits));
  }

  /** A size such as {@code 64MiB}, in bytes; 0 needs no unit. */
  static Optional<Long> bytes(YamlValue value) {
    String expected = "a size such as `64MiB` (units are " + String.join(", ", UNITS) + "), or `0`";
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher quantity = QUANTITY.matcher(text.get());
    Optional<Long> bytes =
        quantity.matches()
            ? wholeNumber(quantity.group(1)).flatMap(number -> bytes(number, quantity.group(2)))
            : Optional.empty();
    if (bytes.isEmpty()) {
      value.mismatch(expected);
    }
    return bytes;
  }

  /** A size from {@code least} to {@code most}, in bytes. */
  static Optional<Long> bytes(YamlValue value, long least, long most) {
    String expected = "a size from `%s` to `%s`".formatted(bytes(least), bytes(most));
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher quantity = QUANTITY.matcher(text.get());
    Optional<Long> bytes =
        quantity.matches()
            ? wholeNumber(quantity.group(1)).flatMap(number -> bytes(number, quantity.group(2)))
            : Optional.empty();
    if (bytes.isEmpty() || bytes.get() < least || bytes.get() > most) {
      String units = " (units are " + String.join(", ", UNITS) + ")";
      value.mismatch(bytes.isEmpty() ? expected + units : expected);
      return Optional.empty();
    }
    return bytes;
  }

  /** A whole number from {@code least} to {@code most}. */
  static Optional<Integer> wholeNumber(YamlValue value, int least, int most) {
    String expected = "a whole number from `%d` to `%d`".formatted(least, most);
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> number =
        WHOLE_NUMBER.matcher(text.get()).matches() ? wholeNumber(text.get()) : Optional.empty();
    if (number.isEmpty() || number.get() < least || number.get() > most) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return number;
  }

  private static Optional<Long> bytes(int number, String unit) {
    int power = UNITS.indexOf(unit);
    if (number == 0 && unit.isEmpty()) {
      return Optional.of(0L);
    }
    boolean right = power >= 0 && number >= 0 && number <= MOST_BYTES >> (BITS_PER_UNIT * power);
    return right ? Optional.of((long) number << (BITS_PER_UNIT * power)) : Optional.empty();
  }

  /** A size as {@link #bytes} reads it, in the largest unit that needs no fraction. */
  static String bytes(long size) {
    int unit = 0;
    long number = size;
    while (number != 0 && number % 1024 == 0 && unit < UNITS.size() - 1) {
      number /= 1024;
      unit++;
    }
    return number == 0 ? "0" : number + UNITS.get(unit);
  }

  /** A share such as {@code 5%} or {@code 0.05}, as a number from 0 to 1 without trailing zeros. */
  static Optional<BigDecimal> share(YamlValue value) {
    String expected = "a share such as `5%` or `0.05`, from 0 to 1";
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher share = SHARE.matcher(text.get());
    if (!share.matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    boolean percent = !share.group(2).isEmpty();
    BigDecimal number = new BigDecimal(share.group(1));
    BigDecimal result = (percent ? number.movePointLeft(2) : number).stripTrailingZeros();
    if (result.compareTo(BigDecimal.ONE) <= 0) {
      return Optional.of(result);
    }
    value.mismatch(percent ? "at most `100%`" : expected + "; did you mean `" + text.get() + "%`?");
    return Optional.empty();
  }

  static Optional<Double> number(String text) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
        : Optional.empty();
  }

  /** A number from {@code least} to {@code most}. */
  static Optional<Double> number(YamlValue value, double least, double most) {
    return number(value, found -> found >= least && found <= most, range(least, most));
  }

  /** A number above {@code bound}, up to {@code most}. */
  static Optional<Double> numberAbove(YamlValue value, double bound, double most) {
    return number(
        value,
        found -> found > bound && found <= most,
        "a number above `%s`, up to `%s`".formatted(shortest(bound), shortest(most)));
  }

  private static String range(double least, double most) {
    return most == Double.MAX_VALUE
        ? "a number of at least `%s`".formatted(shortest(least))
        : "a number from `%s` to `%s`".formatted(shortest(least), shortest(most));
  }

  private static Optional<Double> number(
      YamlValue value, DoublePredicate allowed, String expected) {
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Double> number = number(text.get()).filter(found -> allowed.test(found));
    if (number.isEmpty()) {
      value.mismatch(expected);
    }
    return number;
  }

  /** A number as it is read again, without a fraction where it has none. */
  static String shortest(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }

  static Optional<LocalDate> date(YamlValue value) {
    String expected = "a date such as `2026-01-31`";
    Optional<String> text = value.text(expected).map(Located::value);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!DATE.matcher(text.get()).matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text.get()));
    } catch (DateTimeException e) {
      value.mismatch("a day that the calendar has, such as `2026-01-31`");
      return Optional.empty();
    }
  }

  static Optional<ZoneId> zone(YamlValue value) {
    String expected = "a time zone such as `UTC` or `Europe/Berlin`";
    Optional<String> text = value.text(expected).map(Located::value);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(text.get()));
    } catch (DateTimeException e) {
      value.mismatch(expected + nearestZone(text.get()));
      return Optional.empty();
    }
  }

  private static String nearestZone(String found) {
    TreeSet<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
    String city = "/" + found.toLowerCase(Locale.ROOT);
    return zones.stream()
        .filter(zone -> zone.toLowerCase(Locale.ROOT).endsWith(city))
        .findFirst()
        .or(() -> Spelling.nearest(found, zones))
        .map(zone -> "; did you mean `" + zone + "`?")
        .orElse("");
  }

  static Optional<Boolean> flag(YamlValue value) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("true", true);
    words.put("false", false);
    return word(value, words);
  }

  /** One of the constants of an enum, in small letters. */
  static <E extends Enum<E>> Optional<E> constant(YamlValue value, Class<E> type) {
    return word(
        value,
        List.of(type.getEnumConstants()).stream()
            .collect(
                Collectors.toMap(
                    constant -> word(constant),
                    Function.identity(),
                    (first, second) -> first,
                    LinkedHashMap::new)));
  }

  /** The constants of an enum as the reference page shows them. */
  static String words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(ScalarReader::word)
        .collect(Collectors.joining("` or `", "`", "`"));
  }

  /** How a constant is written in a spec. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <T> Optional<T> word(YamlValue value, Map<String, T> words) {
    String expected = words.keySet().stream().collect(Collectors.joining("` or `", "`", "`"));
    Optional<Located<String>> text = value.text(expected);
    Optional<T> meaning = text.flatMap(found -> Optional.ofNullable(words.get(found.value())));
    if (text.isPresent() && meaning.isEmpty()) {
      value.mismatch(expected + Spelling.suggestion(text.get().value(), words.keySet()));
    }
    return meaning;
  }
}
