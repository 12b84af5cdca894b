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
        Arguments.of(Setting.of(OLD), 50_000),
        Arguments.of(Setting.of(OLD).onPosix(), 180_000),
        Arguments.of(Setting.of(VISITOR), 250_000),
        Arguments.of(Setting.of(OLD, FAILURE), 250_000),
        Arguments.of(Setting.of(ORPHAN), 90_000));
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
    Setting setting =
        switch (mutation) {
          case PUBLISH_WHERE_JOBS_WRITE -> Setting.of(ORPHAN);
          case RELEASE_FILE_BY_FILE -> Setting.of(OLD, JUST_TAKERS).onPosix();
          case WRITE_INTO_LEASE, UNDO_MAIN_LAST, TRUST_THE_NAME -> Setting.of(AGAIN);
          case MAIN_FIRST,
              DELETE_OLD,
              MANIFEST_LAST,
              SETTLE_BEFORE_TAKING,
              SETTLE_IN_PLACE,
              TAKE_TO_DEAD,
              TAKE_TO_SUFFIX,
              FORGET_NESTED,
              TAKE_OVER_BY_DELETE,
              ENTER_WITH_PARENTS,
              REMAKE_WHILE_HOLDING,
              RELEASE_ALL ->
              Setting.of(OLD);
        };
    assertTrue(Search.through(setting.with(mutation)).trace().isPresent());
  }
}
