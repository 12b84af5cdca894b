package io.millrace.run;

import io.millrace.landing.Arrival;
import io.millrace.landing.Arrival.State;
import io.millrace.landing.Place;
import io.millrace.spec.SourceSpec;
import io.millrace.spec.SourceSpec.Landed.DoneFlag;
import io.millrace.warehouse.LandingPlace;
import io.millrace.warehouse.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Waits for the input of a date. */
public final class InputWait {
  private final SourceSpec source;
  private final Place place;
  private final Ticker ticker;
  private final Listener listener;

  /**
   * A wait for the input of a source in a place.
   *
   * @param ticker by which the wait is measured
   */
  public InputWait(SourceSpec source, Place place, Ticker ticker, Listener listener) {
    this.source = source;
    this.place = place;
    this.ticker = ticker;
    this.listener = listener;
  }

  /** Where the input of a date is looked for. */
  public static LandingPlace place(Workspace workspace, LocalDate date) throws IOException {
    SourceSpec source = workspace.pipeline().spec().source();
    Optional<String> flag =
        source.landed() instanceof DoneFlag named ? Optional.of(named.name()) : Optional.empty();
    return new LandingPlace(source.place(date), source.folder(date), flag, workspace.warehouse());
  }

  /** Is told after each look that has not found all. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Input is not all there.
     *
     * @param left how much longer it is waited for; negative where files are only given the time to
     *     settle
     */
    void waiting(State state, Duration left);
  }

  /**
   * How long to wait.
   *
   * @param atMost from now
   * @param until before this moment it is not yet said that nothing will come; left out: when the
   *     wait is over
   * @param every from look to look
   */
  public record Limits(Duration atMost, Optional<Instant> until, Duration every) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Landed(int files) implements Outcome {}

    /** Nothing came, and for the source that means a date without records. */
    record NoRecords() implements Outcome {}

    /** It is not all there. */
    record NotLanded(State last) implements Outcome {}
  }

  /**
   * Waits. Files that are there when the time is over are given the time to settle, as long as
   * nothing changes any more.
   */
  public Outcome await(Limits limits) throws IOException, InterruptedException {
    Arrival arrival = new Arrival(source.landed(), place);
    long start = ticker.nanoTime();
    while (true) {
      Duration elapsed = Duration.ofNanos(ticker.nanoTime() - start);
      State state = arrival.look(elapsed);
      if (state instanceof State.Here here) {
        return new Outcome.Landed(here.files());
      }
      Duration left = limits.atMost().minus(elapsed);
      boolean over = left.isNegative() || left.isZero();
      if (over && !isSettling(state)) {
        return isEmpty(state, limits) ? new Outcome.NoRecords() : new Outcome.NotLanded(state);
      }
      listener.waiting(state, left);
      ticker.sleep(pause(state, limits.every(), left));
    }
  }

  private static boolean isSettling(State state) {
    return state instanceof State.Settling settling && !settling.changed();
  }

  private boolean isEmpty(State state, Limits limits) {
    return state instanceof State.Absent
        && source.missing() == SourceSpec.Missing.EMPTY
        && limits.until().map(until -> !ticker.now().isBefore(until)).orElse(true);
  }

  private static Duration pause(State state, Duration every, Duration left) {
    Duration next = every;
    if (state instanceof State.Settling settling && settling.left().compareTo(next) < 0) {
      next = settling.left();
    }
    boolean endsBefore = !left.isNegative() && !left.isZero() && left.compareTo(next) < 0;
    // rounded up: sleeps are counted in milliseconds
    return (endsBefore ? left : next).plusMillis(1);
  }
}
