package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignWatchTest {
  private final SignWatch watch = new SignWatch(0);

  private Duration observe(long sign, long second) {
    return watch.observe(sign, TimeUnit.SECONDS.toNanos(second));
  }

  @Test
  void shouldAddUpSilence() {
    observe(17, 1);
    assertEquals(Duration.ofSeconds(2), observe(17, 3));
    assertEquals(Duration.ofSeconds(5), observe(17, 6));
  }

  @Test
  void shouldBeginAgainAtAnySignThatDiffers() {
    observe(17, 1);
    observe(17, 3);
    assertEquals(Duration.ZERO, observe(16, 4));
    assertEquals(Duration.ofSeconds(1), observe(16, 5));
  }

  @Test
  void shouldCountFromTheBeginningWhereNothingWasEverHeard() {
    assertEquals(Duration.ofSeconds(4), observe(0, 4));
  }

  @Test
  void shouldNotBlameTheOtherForAPauseOfItsOwn() {
    observe(17, 1);
    assertEquals(Duration.ofSeconds(5), observe(17, 1_000));
  }
}
