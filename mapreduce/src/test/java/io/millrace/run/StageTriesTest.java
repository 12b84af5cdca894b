package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageId;
import io.millrace.warehouse.LeaseLostException;
import io.millrace.warehouse.RunRecord.Retry;
import io.millrace.warehouse.Unit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageTriesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
  private static final StageOutcome MADE = new StageOutcome.FoundDone("r");

  private final List<Duration> pauses = new ArrayList<>();
  private final List<Retry> told = new ArrayList<>();
  private final List<Integer> left = new ArrayList<>();
  private int attempts;

  /** Fails as it is told, one failure an attempt, then succeeds. */
  private StageOutcome run(RetryPolicy policy, double chance, Exception... failures)
      throws IOException, InterruptedException {
    Deque<Exception> next = new ArrayDeque<>(List.of(failures));
    return new StageTries(policy, Clock.fixed(NOW, ZoneOffset.UTC), () -> chance, pauses::add)
        .of(
            () -> {
              attempts++;
              Exception failure = next.poll();
              if (failure instanceof IOException e) {
                throw e;
              }
              if (failure instanceof RuntimeException e) {
                throw e;
              }
              return MADE;
            },
            (retry, more, pause) -> {
              told.add(retry);
              left.add(more);
            });
  }

  private static RetryPolicy policy(int retries) {
    return new RetryPolicy(retries, Duration.ofSeconds(10));
  }

  @Test
  void shouldTryAgainWithLongerPausesUntilItWorks() throws Exception {
    Exception away = new ConnectException("Connection refused");
    assertSame(MADE, run(policy(5), 0.5, away, away, away));
    assertEquals(4, attempts);
    assertEquals(
        List.of(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40)), pauses);
    assertEquals(List.of(4, 3, 2), left);
    assertEquals(new Retry(NOW, "a service could not be reached: Connection refused"), told.get(0));
  }

  @Test
  void shouldVaryPausesByHalf() throws Exception {
    Exception away = new ConnectException("Connection refused");
    run(policy(2), 0, away);
    run(policy(2), 1, away);
    assertEquals(List.of(Duration.ofSeconds(5), Duration.ofSeconds(15)), pauses);
  }

  @Test
  void shouldBoundPauses() {
    assertEquals(Duration.ofMinutes(10), policy(90).before(90, 0.5));
    assertEquals(Duration.ofMinutes(10), policy(90).before(12, 0.5));
  }

  @Test
  void shouldThrowTheLastFailureWhenRetriesAreUsedUp() {
    Exception last = new ConnectException("third");
    assertSame(
        last,
        assertThrows(
            ConnectException.class,
            () ->
                run(
                    policy(2),
                    0.5,
                    new ConnectException("first"),
                    new ConnectException("2"),
                    last)));
    assertEquals(2, pauses.size());
  }

  @Test
  void shouldNotTryAgainWhatLasts() {
    for (Exception lasting :
        List.of(
            new QualityLimitException("too many"),
            new StageFailedException("a record"),
            new InputMissingException("no raw input"),
            new IOException("of an unknown kind"),
            new IllegalStateException("a mistake"))) {
      assertSame(
          lasting,
          assertThrows(lasting.getClass(), () -> run(policy(3), 0.5, lasting)),
          "" + lasting);
    }
    assertEquals(List.of(), pauses);
  }

  @Test
  void shouldTryAgainWhatAJobSaysThatItMayPass() throws Exception {
    run(
        policy(1),
        0.5,
        new StageFailedException("clean failed: …", Optional.of("the job was killed")));
    assertEquals("the job was killed: clean failed: …", told.get(0).reason());
  }

  @Test
  void shouldTryAgainWhereAnInputChanged() throws Exception {
    run(policy(1), 0.5, InputMissingException.changed("it changed"));
    assertEquals("an input changed while it was read: it changed", told.get(0).reason());
  }

  @Test
  void shouldTryAgainWhereAnotherRunHasTakenTheStageOver() throws Exception {
    Unit unit = new Unit(StageId.clean(), LocalDate.of(2026, 1, 1));
    run(policy(1), 0.5, new LeaseLostException(unit, "", null));
    assertTrue(told.get(0).reason().startsWith("another run has taken it over: "));
  }

  @Test
  void shouldEndWhereTheFailureIsAnInterrupt() {
    assertThrows(
        InterruptedException.class,
        () ->
            run(policy(3), 0.5, new IOException("a", new InterruptedIOException("told to stop"))));
    assertEquals(List.of(), pauses);
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class, () -> run(policy(3), 0.5, new ConnectException("refused")));
    assertTrue(Thread.interrupted());
  }

  @Test
  void shouldTakeATimeoutForAFailureThatCanPass() throws Exception {
    run(policy(1), 0.5, new SocketTimeoutException("60000 millis timeout"));
    assertEquals("a service did not answer in time: 60000 millis timeout", told.get(0).reason());
  }
}
