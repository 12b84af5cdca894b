package io.millrace.run;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.landing.Arrival.State;
import io.millrace.landing.Place;
import io.millrace.landing.Sight;
import io.millrace.run.InputWait.Limits;
import io.millrace.run.InputWait.Outcome;
import io.millrace.spec.SourceSpec;
import io.millrace.spec.SpecParser;
import io.millrace.warehouse.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InputWaitTest {
  private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
  private static final String FLAG = "done_flag: _OK";
  private static final String SETTLE = "settle: 10m";

  /** Time goes by in sleep alone; files come and go at minutes of it. */
  private static final class Landing implements Place, Ticker {
    private final TreeMap<Integer, List<String>> filesByMinute = new TreeMap<>();
    private Duration time = ZERO;

    Landing at(int minute, String... files) {
      filesByMinute.put(minute, List.of(files));
      return this;
    }

    @Override
    public Sight look() {
      var now = filesByMinute.floorEntry((int) time.toMinutes());
      if (now == null) {
        return Sight.nothing();
      }
      TreeMap<String, Sight.Trace> files = new TreeMap<>();
      now.getValue().forEach(file -> files.put(file, new Sight.Trace(1, START)));
      boolean flagged = files.remove("_OK") != null;
      return new Sight(files, files.size(), START, flagged);
    }

    @Override
    public Optional<Instant> clock() {
      return Optional.empty();
    }

    @Override
    public Optional<String> openFile(Sight sight) {
      return Optional.empty();
    }

    @Override
    public long nanoTime() {
      return 4711 + time.toNanos();
    }

    @Override
    public Instant now() {
      return START.plus(time);
    }

    @Override
    public void sleep(Duration duration) {
      time = time.plus(duration);
    }
  }

  private final Landing landing = new Landing();
  private final List<State> told = new ArrayList<>();

  private static SourceSpec source(String landed, String missing) {
    return SpecParser.parse(
            "p.yaml",
            """
            pipeline: p
            warehouse: /w
            source: {path: "/${date}", schema: s.avsc, from: 2026-01-01, missing: %s, %s}
            """
                .formatted(missing, landed),
            Map.of())
        .source();
  }

  private Outcome await(String landed, String missing, int atMost, Integer... until)
      throws IOException, InterruptedException {
    InputWait wait =
        new InputWait(source(landed, missing), landing, landing, (state, left) -> told.add(state));
    Optional<Instant> end =
        List.of(until).stream().findFirst().map(minute -> START.plus(ofMinutes(minute)));
    return wait.await(new Limits(ofMinutes(atMost), end, ofMinutes(1)));
  }

  private long minutes() {
    return landing.time.toMinutes();
  }

  @Test
  void shouldEndAsSoonAsTheFlagIsThere() throws Exception {
    landing.at(7, "a").at(9, "a", "b").at(30, "a", "b", "_OK");
    assertEquals(new Outcome.Landed(2), await(FLAG, "fail", 60));
    assertEquals(30, minutes());
  }

  @Test
  void shouldGoOnWaitingWhereAFolderComesAndGoes() throws Exception {
    landing.at(5, "a").at(8).at(20, "a");
    assertEquals(new Outcome.Landed(1), await(SETTLE, "fail", 60));
    assertEquals(30, minutes());
  }

  @Test
  void shouldLookOnceWhereThereIsNoTime() throws Exception {
    assertEquals(new Outcome.NotLanded(new State.Absent()), await(FLAG, "fail", 0));
    assertEquals(0, minutes());
    assertEquals(List.of(), told);
  }

  @Test
  void shouldTakeADateThatNeverCameForOneWithoutRecordsWhereTheSourceSaysSo() throws Exception {
    assertEquals(new Outcome.NoRecords(), await(FLAG, "empty", 20));
    assertEquals(20, minutes());
    assertEquals(new Outcome.NotLanded(new State.Absent()), await(FLAG, "fail", 20));
  }

  @Test
  void shouldNotTakeADateForOneWithoutRecordsBeforeItsTimeIsOver() throws Exception {
    assertEquals(new Outcome.NotLanded(new State.Absent()), await(FLAG, "empty", 0, 5));
    landing.time = ofMinutes(5);
    assertEquals(new Outcome.NoRecords(), await(FLAG, "empty", 0, 5));
  }

  @Test
  void shouldNeverTakeHalfADateForOneWithoutRecords() throws Exception {
    landing.at(3, "a");
    assertEquals(new Outcome.NotLanded(new State.Unflagged(1, "_OK")), await(FLAG, "empty", 20));
  }

  @Test
  void shouldGiveFilesThatAreThereAtTheEndTheTimeToSettle() throws Exception {
    landing.at(19, "a");
    assertEquals(new Outcome.Landed(1), await(SETTLE, "fail", 20));
    assertEquals(29, minutes());
    landing.time = ofMinutes(40);
    assertEquals(new Outcome.Landed(1), await(SETTLE, "fail", 0));
    assertEquals(50, minutes());
  }

  @Test
  void shouldNotWaitOnForFilesThatStillChangeWhenTheTimeIsOver() throws Exception {
    landing.at(15, "a").at(19, "a", "b").at(24, "a", "b", "c");
    assertEquals(
        new Outcome.NotLanded(new State.Settling(3, ZERO, ofMinutes(10), true)),
        await(SETTLE, "empty", 20));
    assertEquals(24, minutes());
  }
}
