package io.millrace.plan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a person or a schedule asks for.
 *
 * @param first the first date to make
 * @param last the last date to make
 * @param stage only this stage, or empty for all
 * @param force whether to make again what is up to date
 * @param withHistory whether to make what is missing of earlier dates, too
 */
public record PlanRequest(
    LocalDate first, LocalDate last, Optional<StageId> stage, boolean force, boolean withHistory) {
  public PlanRequest {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(
          "Cannot plan from %s to %s: the first date lies behind the last".formatted(first, last));
    }
  }

  /** All stages of one date. */
  public static PlanRequest of(LocalDate date) {
    return of(date, date);
  }

  /** All stages of a range of dates. */
  public static PlanRequest of(LocalDate first, LocalDate last) {
    return new PlanRequest(first, last, Optional.empty(), false, false);
  }

  public PlanRequest only(StageId onlyStage) {
    return new PlanRequest(first, last, Optional.of(onlyStage), force, withHistory);
  }

  public PlanRequest forced() {
    return new PlanRequest(first, last, stage, true, withHistory);
  }

  public PlanRequest withEarlierDates() {
    return new PlanRequest(first, last, stage, force, true);
  }

  boolean contains(LocalDate date) {
    return !date.isBefore(first) && !date.isAfter(last);
  }

  /** Whether a partition is to be made whatever stands. */
  public boolean forces(StageId candidate, LocalDate date) {
    return force && contains(date) && selects(candidate);
  }

  /** Whether a stage is among those asked for. */
  public boolean selects(StageId candidate) {
    return stage.map(candidate::equals).orElse(true);
  }
}
