package io.millrace.warehouse.protocol;

import static io.millrace.warehouse.protocol.Setting.Extra.AGAIN;
import static io.millrace.warehouse.protocol.Setting.Extra.FAILURE;
import static io.millrace.warehouse.protocol.Setting.Extra.JUST_TAKERS;
import static io.millrace.warehouse.protocol.Setting.Extra.OLD;
import static io.millrace.warehouse.protocol.Setting.Extra.ORPHAN;
import static io.millrace.warehouse.protocol.Setting.Extra.VISITOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.warehouse.protocol.Search.Found;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolTest {
  /** With at least so many states each, so that a search that ends early is seen. */
  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(Setting.of(OLD), 30_000),
        Arguments.of(Setting.of(OLD).onPosix(), 90_000),
        Arguments.of(Setting.of(VISITOR), 150_000),
        Arguments.of(Setting.of(OLD, FAILURE), 150_000),
        Arguments.of(Setting.of(ORPHAN), 60_000),
        Arguments.of(Setting.of(AGAIN), 200_000),
        Arguments.of(Setting.of(OLD, JUST_TAKERS).withRun("C"), 400_000));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldKeepItsPromisesInEveryState(Setting setting, int states, TestReporter reporter) {
    Found found = Search.through(setting);
    reporter.publishEntry("%s: %d states".formatted(setting, found.states()));
    assertEquals(Optional.empty(), found.trace());
    assertTrue(found.states() > states, found::toString);
  }

  @ParameterizedTest
  @EnumSource(Mutation.class)
  void shouldCatchWhatOneMightGetWrong(Mutation mutation) {
    Stream<Setting> settings = Stream.of(Setting.of(OLD), Setting.of(AGAIN), Setting.of(ORPHAN));
    boolean isCaught =
        settings.anyMatch(setting -> Search.through(setting.with(mutation)).trace().isPresent());
    // the last two calls may be made in either order: whoever comes between settles what is left
    assertEquals(mutation != Mutation.RELEASE_FIRST, isCaught);
  }
}
