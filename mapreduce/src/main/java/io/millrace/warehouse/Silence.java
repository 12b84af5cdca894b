package io.millrace.warehouse;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the holder of a lease has given no sign of life, by the time of the one who looks: the
 * clocks of two machines are never compared.
 */
final class Silence {
  private record Sign(String holder, Object modified) {}

  /**
   * What one look tells at most of the time before it: where more has passed since the last, the
   * one who looks was stopped itself, or the file system was, and the holder may have been, too.
   */
  private static final Duration MOST = Duration.ofSeconds(5);

  private @Nullable Sign last;
  private long looked;
  private Duration silent = Duration.ZERO;

  /** What was seen at a moment; returns for how long it has been the same. */
  Duration observe(LeaseFiles.Found found, long nanoTime) {
    Sign sign = new Sign(found.name(), found.modified());
    if (sign.equals(last)) {
      Duration since = Duration.ofNanos(nanoTime - looked);
      silent = silent.plus(since.compareTo(MOST) < 0 ? since : MOST);
    } else {
      silent = Duration.ZERO;
    }
    last = sign;
    looked = nanoTime;
    return silent;
  }

  /** Where looking failed, the holder may have been heard meanwhile: it begins again. */
  void forget() {
    last = null;
  }

  /** Who was seen last. */
  Optional<String> holder() {
    return Optional.ofNullable(last).map(Sign::holder);
  }
}
