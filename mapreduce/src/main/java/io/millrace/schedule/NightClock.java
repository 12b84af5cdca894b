package io.millrace.schedule;

import io.millrace.spec.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * When nights begin, and which instances of a daily data set are which landing dates.
 *
 * <p>Oozie writes the dates of a data set's paths as UTC has them, and counts its instances from
 * the night's moment backwards. So an instance lies at an hour of the pipeline's zone at which it
 * is the same day in UTC, whatever the clocks there have been put to, and well away from the hour
 * at which nights begin.
 *
 * @param zone of the pipeline
 * @param at local time at which a night begins
 * @param daysBack how many days the landing date lies before the day of its night
 * @param instanceHour the local hour of the instances
 */
public record NightClock(ZoneId zone, LocalTime at, int daysBack, int instanceHour) {
  /** Before, some zones changed their side of the date line; no night is started that far back. */
  private static final LocalDate SETTLED_DATE_LINE = LocalDate.of(2012, 1, 1);

  private static final LocalDate FAR_FUTURE = LocalDate.of(2100, 1, 1);
  private static final Duration AWAY = Duration.ofHours(2);
  private static final int NOON = 12;

  /** The clock of a pipeline whose first date is {@code from}. */
  public static NightClock of(ZoneId zone, ScheduleSpec schedule, LocalDate from) {
    Set<ZoneOffset> offsets = offsets(zone.getRules(), from);
    LocalTime at = schedule.at();
    int hour =
        IntStream.range(0, 24)
            .boxed()
            .filter(candidate -> offsets.stream().allMatch(offset -> isSameDay(candidate, offset)))
            .filter(
                candidate ->
                    Duration.between(at, LocalTime.of(candidate, 0)).abs().compareTo(AWAY) >= 0)
            .min(Comparator.comparing((Integer candidate) -> Math.abs(candidate - NOON)))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find an hour of %s at which it is the same day in UTC"
                            .formatted(zone)));
    return new NightClock(zone, at, schedule.process().daysBack(), hour);
  }

  private static Set<ZoneOffset> offsets(ZoneRules rules, LocalDate from) {
    LocalDate first = from.isBefore(SETTLED_DATE_LINE) ? SETTLED_DATE_LINE : from;
    Instant begin = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = FAR_FUTURE.atStartOfDay(ZoneOffset.UTC).toInstant();
    Set<ZoneOffset> offsets = new HashSet<>(Set.of(rules.getOffset(begin)));
    for (ZoneOffsetTransition change = rules.nextTransition(begin);
        change != null && change.getInstant().isBefore(end);
        change = rules.nextTransition(change.getInstant())) {
      offsets.add(change.getOffsetAfter());
    }
    return offsets;
  }

  private static boolean isSameDay(int hour, ZoneOffset offset) {
    LocalDateTime local = LocalDate.EPOCH.atTime(hour, 0);
    return LocalDateTime.ofEpochSecond(local.toEpochSecond(offset), 0, ZoneOffset.UTC)
        .toLocalDate()
        .equals(LocalDate.EPOCH);
  }

  /**
   * When the night of a landing date begins.
   *
   * @throws IllegalArgumentException where a change of the clocks skips that time: of a first night
   *     all later ones would keep another time
   */
  public Instant night(LocalDate landingDate) {
    LocalDateTime local = landingDate.plusDays(daysBack).atTime(at);
    if (zone.getRules().getValidOffsets(local).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot begin with %s: on %s clocks in %s skip %s. Begin with another date, or change `schedule.at`."
              .formatted(landingDate, local.toLocalDate(), zone, at));
    }
    return local.atZone(zone).toInstant();
  }

  /** The landing date of the night that begins at a moment. */
  public LocalDate landingDate(Instant night) {
    return LocalDate.ofInstant(night, zone).minusDays(daysBack);
  }

  /** The data sets' instance of a date. */
  public Instant instance(LocalDate date) {
    return date.atTime(instanceHour, 0).atZone(zone).toInstant();
  }

  /**
   * Which instance, counted from the newest that is not later than the night, is the landing date:
   * 0 is that one, -1 the one before.
   */
  public int landingInstance() {
    int newestDaysBack = at.isBefore(LocalTime.of(instanceHour, 0)) ? 1 : 0;
    return newestDaysBack - daysBack;
  }
}
