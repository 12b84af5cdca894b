package io.millrace.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on a command line: {@code 500ms}, {@code 90s}, {@code 2m}, {@code 1h}. */
final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|)");

  @Override
  public Duration convert(String text) {
    Matcher duration = DURATION.matcher(text.strip());
    boolean hasUnit = duration.matches() && !duration.group(2).isEmpty();
    if (!hasUnit && !text.strip().equals("0")) {
      throw new TypeConversionException(
          "Cannot read duration: %s. Expected for example 30s, 2m or 1h".formatted(text));
    }
    long number = Long.parseLong(duration.group(1));
    return switch (duration.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
