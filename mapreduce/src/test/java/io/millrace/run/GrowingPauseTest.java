package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowingPauseTest {
  @ParameterizedTest
  @CsvSource({"0, 20", "1280, 20", "6400, 100", "64000, 1000", "640000, 1000"})
  void shouldGrowWithWhatHasPassed(long passedMillis, long pauseMillis) {
    GrowingPause pause = new GrowingPause(Duration.ofMillis(20), Duration.ofSeconds(1));
    assertEquals(
        TimeUnit.MILLISECONDS.toNanos(pauseMillis),
        pause.nanosAfter(TimeUnit.MILLISECONDS.toNanos(passedMillis)));
  }
}
