package io.millrace.allreduce;

import java.time.Duration;

/**
 * How long who waits for whom.
 *
 * @param join for all workers to join, from when the first one has; nobody waits for time to pass
 *     before that, since a queue may keep all of them
 * @param rejoin for another attempt of a worker that was lost; zero where none will come
 * @param silence for a sign of life: of a worker that has been asked, or of the driver
 * @param pulse between two signs of a driver that asks nothing
 */
public record Timing(Duration join, Duration rejoin, Duration silence, Duration pulse) {
  /** What suits a cluster. */
  public static final Timing DEFAULT =
      new Timing(
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5));

  public Timing {
    if (pulse.multipliedBy(2).compareTo(silence) > 0) {
      throw new IllegalArgumentException(
          "Cannot time signs of life: one every %s, when silence is told after %s"
              .formatted(pulse, silence));
    }
  }

  /** A time such as {@code 60 s}, for messages. */
  static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
