package io.millrace.landing;

import static java.time.Duration.ZERO;

import io.millrace.spec.SourceSpec;
import io.millrace.spec.SourceSpec.Landed.DoneFlag;
import io.millrace.spec.SourceSpec.Landed.Settled;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Decides, look after look, whether the input of a date has landed. With a done-flag, when that is
 * there. Else, when there are files and they have been quiet for long enough: by the clock that
 * they are stamped by, or because they have looked the same for so long. The second needs no clock
 * but the waiting process's own, and helps where files bear times of the future or of elsewhere.
 * Not thread-safe.
 */
public final class Arrival {
  private final SourceSpec.Landed landed;
  private final Place place;
  private Optional<SortedMap<String, Sight.Trace>> before = Optional.empty();
  private Duration sameSince = Duration.ZERO;
  private Duration quietThen = Duration.ZERO;

  public Arrival(SourceSpec.Landed landed, Place place) {
    this.landed = landed;
    this.place = place;
  }

  /** How far the input of a date is. */
  public sealed interface State {
    /** It is all there. */
    record Here(int files) implements State {}

    /** Nothing of it is there. */
    record Absent() implements State {}

    /** Files are there, and the done-flag is not. */
    record Unflagged(int files, String flag) implements State {}

    /**
     * Files are there, and it may be that more are to come.
     *
     * @param quiet for how long nothing has changed
     * @param left how much longer that has to last
     * @param changed whether something changed since the look before
     */
    record Settling(int files, Duration quiet, Duration left, boolean changed) implements State {}

    /** A file has been quiet for long enough, and is still open. */
    record Writing(String file) implements State {}
  }

  /**
   * Looks once more.
   *
   * @param elapsed since some moment before the first look, by a clock that nobody sets
   */
  public State look(Duration elapsed) throws IOException {
    Sight sight = place.look();
    if (landed instanceof DoneFlag flag) {
      return flagged(sight, flag.name());
    }
    return settled(sight, ((Settled) landed).quiet(), elapsed);
  }

  private static State flagged(Sight sight, String flag) {
    if (sight.flagged()) {
      return new State.Here(sight.inputFiles());
    }
    return sight.inputFiles() == 0
        ? new State.Absent()
        : new State.Unflagged(sight.inputFiles(), flag);
  }

  private State settled(Sight sight, Duration needed, Duration elapsed) throws IOException {
    if (sight.inputFiles() == 0) {
      before = Optional.empty();
      return new State.Absent();
    }
    boolean first = before.isEmpty();
    boolean changed = !first && !sight.files().equals(before.get());
    if (first || changed) {
      before = Optional.of(sight.files());
      sameSince = elapsed;
      quietThen = place.clock().map(now -> Duration.between(sight.newest(), now)).orElse(ZERO);
    }
    Duration same = elapsed.minus(sameSince);
    Duration byTheirClock = quietThen.plus(same);
    Duration quiet = byTheirClock.compareTo(same) > 0 ? byTheirClock : same;
    if (quiet.compareTo(needed) < 0) {
      return new State.Settling(sight.inputFiles(), quiet, needed.minus(quiet), changed);
    }
    Optional<String> open = place.openFile(sight);
    return open.isPresent() ? new State.Writing(open.get()) : new State.Here(sight.inputFiles());
  }
}
