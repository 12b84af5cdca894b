package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Three days that were made once, of which each scenario gets a copy to change. */
abstract class StalenessCases {
  @TempDir private static Path made;
  @TempDir private Path home;

  @BeforeAll
  static void make() throws IOException {
    StalenessFolder.make(made);
  }

  static Stream<StalenessScenario> scenarios() {
    return StalenessScenario.all();
  }

  /** A copy with the scenario's change. */
  CardFraudFolder changed(StalenessScenario scenario) throws IOException {
    CardFraudFolder example = StalenessFolder.copy(made, home);
    scenario.edit().in(example, home);
    return example;
  }

  /** The number of a date, the first day being 1. */
  static int day(String date) {
    return 1 + (int) ChronoUnit.DAYS.between(CardFraudFolder.FIRST, LocalDate.parse(date));
  }

  /** The first day that a run or status of a scenario is asked for. */
  static int firstDay(StalenessScenario scenario) {
    return scenario.toMake().values().stream().anyMatch(days -> days.contains(0)) ? 0 : 1;
  }
}
