package io.millrace.landing;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millrace.landing.Arrival.State;
import io.millrace.spec.SourceSpec.Landed.DoneFlag;
import io.millrace.spec.SourceSpec.Landed.Settled;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArrivalTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-02T00:00:00Z");

  /** A place whose files are stamped by a clock that may be wrong by some minutes. */
  private static final class FakePlace implements Place {
    private final TreeMap<String, Sight.Trace> files = new TreeMap<>();
    private Instant newest = Instant.EPOCH;
    private Optional<Instant> clock = Optional.empty();
    private Optional<String> open = Optional.empty();
    private boolean flagged;

    void put(String file, long length, Instant modified) {
      files.put(file, new Sight.Trace(length, modified));
      newest = newest.isBefore(modified) ? modified : newest;
    }

    @Override
    public Sight look() {
      int input = (int) files.keySet().stream().filter(name -> !name.startsWith("_")).count();
      return new Sight(files, input, newest, flagged);
    }

    @Override
    public Optional<Instant> clock() {
      return clock;
    }

    @Override
    public Optional<String> openFile(Sight sight) {
      return open;
    }
  }

  private final FakePlace place = new FakePlace();
  private final Arrival settling = new Arrival(new Settled(ofMinutes(10)), place);
  private final Arrival flagged = new Arrival(new DoneFlag("_OK"), place);

  private State settling(int minute) throws IOException {
    return settling.look(ofMinutes(minute));
  }

  private static State.Settling quiet(int files, int quiet, int left, boolean changed) {
    return new State.Settling(files, ofMinutes(quiet), ofMinutes(left), changed);
  }

  @Test
  void shouldGoByTheFlagAlone() throws IOException {
    assertEquals(new State.Absent(), flagged.look(ofMinutes(0)));
    place.put("a", 1, MIDNIGHT);
    assertEquals(new State.Unflagged(1, "_OK"), flagged.look(ofHours(10)));
    place.flagged = true;
    place.open = Optional.of("a");
    assertEquals(new State.Here(1), flagged.look(ofMinutes(601)));
  }

  @Test
  void shouldTakeAFlagWithoutFilesForADateThatHasNone() throws IOException {
    place.flagged = true;
    assertEquals(new State.Here(0), flagged.look(ofMinutes(0)));
  }

  @Test
  void shouldSeeAtOnceThatFilesHaveBeenQuietByTheirOwnClock() throws IOException {
    place.put("a", 1, MIDNIGHT);
    place.clock = Optional.of(MIDNIGHT.plus(ofMinutes(10)));
    assertEquals(new State.Here(1), settling(0));
  }

  @Test
  void shouldWaitForTheRestOfTheQuietTime() throws IOException {
    place.put("a", 1, MIDNIGHT);
    place.clock = Optional.of(MIDNIGHT.plus(ofMinutes(7)));
    assertEquals(quiet(1, 7, 3, false), settling(0));
    assertEquals(quiet(1, 9, 1, false), settling(2));
    assertEquals(new State.Here(1), settling(3));
  }

  @Test
  void shouldMeasureByItselfWhereTheirClockCannotBeRead() throws IOException {
    place.put("a", 1, MIDNIGHT);
    assertEquals(quiet(1, 0, 10, false), settling(100));
    assertEquals(quiet(1, 9, 1, false), settling(109));
    assertEquals(new State.Here(1), settling(110));
  }

  @Test
  void shouldBeginAgainWithEachChange() throws IOException {
    place.put("a", 1, MIDNIGHT);
    assertEquals(quiet(1, 0, 10, false), settling(0));
    place.put("a", 2, MIDNIGHT);
    assertEquals(quiet(1, 0, 10, true), settling(9));
    place.put("b", 2, MIDNIGHT);
    assertEquals(quiet(2, 0, 10, true), settling(18));
    place.put("_temporary", 0, MIDNIGHT);
    assertEquals(quiet(2, 0, 10, true), settling(27));
    place.files.remove("_temporary");
    assertEquals(quiet(2, 0, 10, true), settling(36));
    place.put("b", 2, MIDNIGHT.plusSeconds(1));
    assertEquals(quiet(2, 0, 10, true), settling(45));
    assertEquals(new State.Here(2), settling(55));
  }

  @Test
  void shouldBeginAgainWhereAllWentAwayAndCameBack() throws IOException {
    place.put("a", 1, MIDNIGHT);
    settling(0);
    place.files.clear();
    assertEquals(new State.Absent(), settling(5));
    place.put("a", 1, MIDNIGHT);
    assertEquals(quiet(1, 0, 10, false), settling(6));
  }

  @Test
  void shouldNotWaitForeverForATimeOfTheFuture() throws IOException {
    place.put("a", 1, MIDNIGHT.plus(Duration.ofDays(300)));
    place.clock = Optional.of(MIDNIGHT);
    assertEquals(quiet(1, 0, 10, false), settling(0));
    assertEquals(new State.Here(1), settling(10));
  }

  @Test
  void shouldNotTakeHiddenFilesForInput() throws IOException {
    place.put("_temporary", 1, MIDNIGHT);
    assertEquals(new State.Absent(), settling(0));
    assertEquals(new State.Absent(), settling(60));
  }

  @Test
  void shouldWaitForAFileThatIsStillOpen() throws IOException {
    place.put("a", 0, MIDNIGHT);
    place.clock = Optional.of(MIDNIGHT.plus(ofMinutes(60)));
    place.open = Optional.of("a");
    assertEquals(new State.Writing("a"), settling(0));
    place.open = Optional.empty();
    place.put("a", 7, MIDNIGHT.plus(ofMinutes(61)));
    place.clock = Optional.of(MIDNIGHT.plus(ofMinutes(61)));
    assertEquals(quiet(1, 0, 10, true), settling(1));
  }

  @Test
  void shouldNotWaitWhereNothingNeedsToSettle() throws IOException {
    place.put("a", 1, MIDNIGHT);
    assertEquals(
        new State.Here(1), new Arrival(new Settled(Duration.ZERO), place).look(ofMinutes(0)));
  }

  /** Somebody writes a file; its own time may be of elsewhere, that of its folder is not. */
  private record Write(int minute, String file, Optional<Integer> keptTime) {}

  @Provide
  Arbitrary<List<Write>> writes() {
    return Combinators.combine(
            Arbitraries.integers().between(-100, 100),
            Arbitraries.of("a", "b", "c", "_d"),
            Arbitraries.integers().between(-10_000, 10_000).optional(0.3))
        .as(Write::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 300)
  void shouldSayItHasLandedOnceItIsQuietWhateverTheClocksSay(
      @ForAll("writes") List<Write> writes,
      @ForAll @IntRange(min = -3000, max = 3000) int skew,
      @ForAll boolean clockIsRead,
      @ForAll @IntRange(min = 1, max = 7) int every)
      throws IOException {
    int needed = 10;
    Arrival arrival = new Arrival(new Settled(ofMinutes(needed)), place);
    int lastChange = Integer.MIN_VALUE;
    place.files.clear();
    place.newest = Instant.EPOCH;
    State state = new State.Absent();
    int minute = 0;
    for (; minute <= 100 + needed + 2 * every && !(state instanceof State.Here); minute += every) {
      int from = minute == 0 ? Integer.MIN_VALUE : minute - every;
      for (Write write : writes) {
        if (write.minute() > from && write.minute() <= minute) {
          Instant stamp = MIDNIGHT.plus(ofMinutes(write.minute() + skew));
          place.put(
              write.file(),
              // each write has another length
              writes.indexOf(write) + 1,
              write.keptTime().map(kept -> MIDNIGHT.plus(ofMinutes(kept))).orElse(stamp));
          place.newest = place.newest.isBefore(stamp) ? stamp : place.newest;
          lastChange = Math.max(lastChange, write.minute());
        }
      }
      place.clock = Optional.of(MIDNIGHT.plus(ofMinutes(minute + skew))).filter(any -> clockIsRead);
      state = arrival.look(ofMinutes(minute));
      if (state instanceof State.Here) {
        assertFalse(
            lastChange > minute - needed, "quiet since %d at %d".formatted(lastChange, minute));
      }
    }
    boolean hasInput = place.look().inputFiles() > 0;
    assertEquals(hasInput, state instanceof State.Here, state::toString);
    if (!hasInput) {
      assertInstanceOf(State.Absent.class, state);
    }
  }
}
