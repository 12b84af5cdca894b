package io.millrace.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How long a command waits for another run. */
final class WaitOptions {
  /** How long it waits where nobody says. */
  static final Duration USUAL = Duration.ofMinutes(2);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd])");

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "2m",
      description =
          "How long to wait for another run that works on the same stage and date, such as 90s, 2m or 1h; then exit code 5. Left out: ${DEFAULT-VALUE}. A run that has died is not waited for: on this machine at once, on another as soon as it has given no sign of life for a minute.")
  private String duration = "2m";

  Duration duration() {
    Matcher found = DURATION.matcher(duration.strip().toLowerCase(Locale.ROOT));
    if (!found.matches()) {
      throw new UsageException(
          "Cannot read the duration %s: expected for example --wait 90s, --wait 2m or --wait 1h"
              .formatted(duration));
    }
    long number = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
