package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.StageId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountTextTest {
  @Test
  void shouldPutCountersIntoWords() {
    assertEquals(
        "1 record duplicate, 1,234 records kept",
        CountText.of(
            StageId.clean(),
            new TreeMap<>(
                Map.of(
                    "clean_records_kept_total", 1234L,
                    "clean_records_duplicate_total", 1L,
                    "clean_records_quarantined_total", 0L))));
    assertEquals("nothing to do", CountText.of(StageId.clean(), new TreeMap<>()));
  }
}
