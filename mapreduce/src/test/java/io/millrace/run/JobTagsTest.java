package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.StageId;
import io.millrace.warehouse.Unit;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class JobTagsTest {
  private static final String RUN = "20261122T020000123Z-7f3a09bc";
  private static final LocalDate DATE = LocalDate.of(2026, 11, 21);

  @Test
  void shouldNameRunAndUnitInLowerCase() {
    Configuration configuration = new Configuration(false);
    configuration.set("mapreduce.job.tags", "nightly");
    JobTags.add(configuration, RUN, new Unit(StageId.partials("card"), DATE));
    assertEquals(
        "nightly,millrace-20261122t020000123z-7f3a09bc,millrace-20261122t020000123z-7f3a09bc-partials-card-2026-11-21",
        configuration.get("mapreduce.job.tags"));
  }

  @Test
  void shouldNameRunAndContainer() {
    Configuration configuration = new Configuration(false);
    JobTags.addOfContainer(configuration, RUN);
    assertEquals(
        "millrace-20261122t020000123z-7f3a09bc,millrace-20261122t020000123z-7f3a09bc-container",
        configuration.get("mapreduce.job.tags"));
  }

  /** YARN refuses tags of more than 100 characters. */
  @Test
  void shouldShortenLongTagsSoThatTheyStayDifferent() {
    Unit one = new Unit(StageId.partials("g".repeat(120) + "1"), DATE);
    Unit other = new Unit(StageId.partials("g".repeat(120) + "2"), DATE);
    assertEquals(100, JobTags.of(RUN, one).length());
    assertTrue(JobTags.of(RUN, one).startsWith("millrace-20261122t020000123z-7f3a09bc-partials-g"));
    assertNotEquals(JobTags.of(RUN, one), JobTags.of(RUN, other));
  }
}
