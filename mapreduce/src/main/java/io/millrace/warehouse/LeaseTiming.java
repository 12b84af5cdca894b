package io.millrace.warehouse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/**
 * When a lease counts as deserted.
 *
 * @param heartbeat how often a holder gives a sign of life
 * @param deadAfter how long a holder may be silent
 */
public record LeaseTiming(Duration heartbeat, Duration deadAfter) {
  /** The Hadoop properties that set them. */
  public static final String HEARTBEAT = "millrace.lease.heartbeat";

  public static final String DEAD_AFTER = "millrace.lease.dead-after";

  private static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration USUAL_DEAD_AFTER = Duration.ofSeconds(60);
  private static final int LEAST_BEATS = 3;

  public LeaseTiming {
    if (heartbeat.isZero() || heartbeat.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot give signs of life every %s: %s must be above 0, such as 5s"
              .formatted(heartbeat, HEARTBEAT));
    }
    if (deadAfter.compareTo(heartbeat.multipliedBy(LEAST_BEATS)) < 0) {
      throw new IllegalArgumentException(
          "Cannot call a run dead after %s: %s must be at least %d times %s, which is %s"
              .formatted(deadAfter, DEAD_AFTER, LEAST_BEATS, HEARTBEAT, heartbeat));
    }
  }

  /**
   * What a configuration says.
   *
   * @throws IllegalArgumentException where that makes no sense
   */
  public static LeaseTiming of(Configuration configuration) {
    return new LeaseTiming(
        duration(configuration, HEARTBEAT, USUAL_HEARTBEAT),
        duration(configuration, DEAD_AFTER, USUAL_DEAD_AFTER));
  }

  private static Duration duration(Configuration configuration, String key, Duration usual) {
    try {
      return Duration.ofMillis(
          configuration.getTimeDuration(key, usual.toMillis(), TimeUnit.MILLISECONDS));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot read %s: %s. Expected a duration such as 5s or 2m"
              .formatted(key, configuration.get(key)),
          e);
    }
  }
}
