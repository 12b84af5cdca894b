package io.millrace.source;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Local times of a zone as instants. A time that a change of the clocks skips is none; one that
 * happens twice means the earlier instant. Remembers the last stretch of one offset, as
 * neighbouring records mostly share it. Not thread-safe.
 */
final class LocalTimes {
  /** What {@link #epochSecond} returns for a time that the clocks skip. */
  static final long SKIPPED = Long.MIN_VALUE;

  private final ZoneRules rules;
  private long stretchStart = 1;
  private long stretchEnd;
  private long offset;

  LocalTimes(ZoneId zone) {
    rules = zone.getRules();
  }

  /**
   * @param localSecond seconds since 1970-01-01T00:00 on the zone's clocks
   */
  long epochSecond(long localSecond) {
    if (localSecond >= stretchStart && localSecond < stretchEnd) {
      return localSecond - offset;
    }
    return lookUp(localSecond);
  }

  private long lookUp(long localSecond) {
    LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (offsets.isEmpty()) {
      return SKIPPED;
    }
    long found = offsets.get(0).getTotalSeconds();
    if (offsets.size() == 1) {
      Instant instant = Instant.ofEpochSecond(localSecond - found);
      offset = found;
      stretchStart = lastLocal(rules.previousTransition(instant.plusNanos(1)), Long.MIN_VALUE);
      stretchEnd = firstLocal(rules.nextTransition(instant), Long.MAX_VALUE);
    }
    return localSecond - found;
  }

  /** The end of the local times that a transition skips or repeats. */
  private static long lastLocal(@Nullable ZoneOffsetTransition transition, long none) {
    return transition == null
        ? none
        : transition.toEpochSecond()
            + Math.max(
                transition.getOffsetBefore().getTotalSeconds(),
                transition.getOffsetAfter().getTotalSeconds());
  }

  /** The start of the local times that a transition skips or repeats. */
  private static long firstLocal(@Nullable ZoneOffsetTransition transition, long none) {
    return transition == null
        ? none
        : transition.toEpochSecond()
            + Math.min(
                transition.getOffsetBefore().getTotalSeconds(),
                transition.getOffsetAfter().getTotalSeconds());
  }
}
