package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.StageId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Unit UNIT = new Unit(StageId.clean(), LocalDate.parse("2026-11-01"));

  private final Silence silence = new Silence();

  @Test
  void shouldAddUpTheTimeBetweenLooksThatSeeTheSame() {
    assertEquals(Duration.ZERO, look("run-1", 100, 10));
    assertEquals(Duration.ofSeconds(1), look("run-1", 100, 11));
    assertEquals(Duration.ofSeconds(4), look("run-1", 100, 14));
  }

  @Test
  void shouldBeginAgainAtASignOfLifeAndAtANewHolder() {
    look("run-1", 100, 10);
    look("run-1", 100, 14);
    assertEquals(Duration.ZERO, look("run-1", 105, 15));
    assertEquals(Duration.ofSeconds(2), look("run-1", 105, 17));
    assertEquals(Duration.ZERO, look("run-2", 105, 18));
  }

  @Test
  void shouldBeginAgainWhereALookFailed() {
    look("run-1", 100, 10);
    look("run-1", 100, 14);
    silence.forget();
    assertEquals(Duration.ZERO, look("run-1", 100, 15));
  }

  // The file system was away, or both machines slept: that the holder was silent proves little.
  @Test
  void shouldNotTakeAnOutageThatBothHadForSilence() {
    look("run-1", 100, 10);
    assertEquals(Duration.ofSeconds(5), look("run-1", 100, 80));
    assertEquals(Duration.ofSeconds(6), look("run-1", 100, 81));
  }

  private Duration look(String holder, long modified, long seconds) {
    return silence.observe(
        new LeaseFiles.Found(UNIT, holder, Optional.empty(), OptionalLong.of(modified)),
        Duration.ofSeconds(seconds).toNanos());
  }
}
