package io.millrace.plan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a person or a schedule asks for.
 *
 * @param first the first date to make
 * @param last the last date to make
 * @param stages which of a date's stages
 * @param force whether to make again what is up to date
 * @param withHistory whether to make what is missing of earlier dates, too
 */
public record PlanRequest(
    LocalDate first, LocalDate last, Stages stages, boolean force, boolean withHistory) {
  /** Which of a date's stages are asked for. */
  public sealed interface Stages {
    /** All that a night makes. */
    record Nightly() implements Stages {}

    /** What trains a model, on demand. */
    record Train() implements Stages {}

    /** All that there are. */
    record Every() implements Stages {}

    record One(StageId stage) implements Stages {}
  }

  public PlanRequest {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(
          "Cannot plan from %s to %s: the first date lies behind the last".formatted(first, last));
    }
  }

  /** What a night makes, of one date. */
  public static PlanRequest of(LocalDate date) {
    return of(date, date);
  }

  /** What a night makes, of a range of dates. */
  public static PlanRequest of(LocalDate first, LocalDate last) {
    return new PlanRequest(first, last, new Stages.Nightly(), false, false);
  }

  public PlanRequest only(StageId stage) {
    return with(new Stages.One(stage));
  }

  public PlanRequest with(Stages others) {
    return new PlanRequest(first, last, others, force, withHistory);
  }

  public PlanRequest forced() {
    return new PlanRequest(first, last, stages, true, withHistory);
  }

  public PlanRequest withEarlierDates() {
    return new PlanRequest(first, last, stages, force, true);
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
    return stages instanceof Stages.One one
        ? candidate.equals(one.stage())
        : stages instanceof Stages.Every
            || candidate.kind().isOnDemand() == stages instanceof Stages.Train;
  }

  /** The stage that the pipeline must have, or there is nothing to do. */
  Optional<StageId> required() {
    return stages instanceof Stages.One one
        ? Optional.of(one.stage())
        : stages instanceof Stages.Train ? Optional.of(StageId.train()) : Optional.empty();
  }

  /**
   * Whether the stages that are not asked for are made of the dates asked for where others need
   * them, as they are of other dates: a training asks for no night.
   */
  boolean makesOthersOf(LocalDate date) {
    return !contains(date) || stages instanceof Stages.Train;
  }
}
