package io.millrace.run;

import java.time.Duration;

/**
 * How often a stage is tried again that failed for a reason that can pass, and after what pauses:
 * each twice as long as the one before, half of it more or less by chance.
 *
 * @param retries at most; 0: never
 * @param pause before the first
 */
public record RetryPolicy(int retries, Duration pause) {
  public static final RetryPolicy STANDARD = new RetryPolicy(3, Duration.ofSeconds(20));
  public static final RetryPolicy NEVER = new RetryPolicy(0, Duration.ZERO);

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 20;

  public RetryPolicy {
    if (retries < 0 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot try again %d times after %s: neither may be negative".formatted(retries, pause));
    }
  }

  /**
   * The pause before a retry.
   *
   * @param retry from 1
   * @param chance from 0 to 1
   */
  public Duration before(int retry, double chance) {
    long doubled = pause.toMillis() << Math.min(retry - 1, MOST_DOUBLINGS);
    long bounded = Math.min(LONGEST.toMillis(), doubled);
    return Duration.ofMillis(Math.round(bounded * (0.5 + chance)));
  }
}
