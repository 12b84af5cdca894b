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

  private @Nullable Sign last;
  private long since;

  /** What was seen at a moment; returns for how long it has been the same. */
  Duration observe(LeaseFiles.Found found, long nanoTime) {
    Sign sign = new Sign(found.name(), found.modified());
    if (!sign.equals(last)) {
      last = sign;
      since = nanoTime;
    }
    return Duration.ofNanos(nanoTime - since);
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
