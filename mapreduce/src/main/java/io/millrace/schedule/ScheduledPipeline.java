package io.millrace.schedule;

import io.millrace.spec.ScheduleSpec;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that schedulers have to know of a pipeline.
 *
 * @param from the pipeline's first date
 * @param landing the raw input of a date
 * @param training where one is scheduled
 * @param warehouse as the spec has it, with placeholders
 * @param settings what the placeholders stand for
 * @param files the spec and the files that it names, as they lie in one folder
 */
public record ScheduledPipeline(
    String name,
    ZoneId zone,
    LocalDate from,
    ScheduleSpec schedule,
    Landing landing,
    Night night,
    Optional<Training> training,
    String warehouse,
    SortedMap<String, String> settings,
    SpecFolder files) {
  public ScheduledPipeline {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  public NightClock clock() {
    return NightClock.of(zone, schedule, from);
  }
}
