package io.millrace.warehouse.protocol;

import static io.millrace.warehouse.protocol.Setting.Extra.AGAIN;
import static io.millrace.warehouse.protocol.Setting.Extra.JUST_TAKERS;
import static io.millrace.warehouse.protocol.Setting.Extra.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.warehouse.protocol.Search.Found;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches that take longer than those of {@link ProtocolTest}. */
class ProtocolIT {
  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(Setting.of(AGAIN), 350_000),
        Arguments.of(Setting.of(OLD, JUST_TAKERS).withRun("C"), 800_000));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldKeepItsPromisesInEveryState(Setting setting, int states, TestReporter reporter) {
    Found found = Search.through(setting);
    reporter.publishEntry("%s: %d states".formatted(setting, found.states()));
    assertEquals(Optional.empty(), found.trace());
    assertTrue(found.states() > states, found::toString);
  }
}
