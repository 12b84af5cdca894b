package io.millrace.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatePatternTest {
  private static final LocalDate FIRST_OF_MARCH = LocalDate.of(2028, 3, 1);

  @ParameterizedTest
  @CsvSource({
    "/in/all.csv, /in/all.csv",
    "/in/dt=${date}, /in/dt=2028-03-01",
    "/in/dt=${date}/*.csv, /in/dt=2028-03-01/*.csv",
    "${date-1d}, 2028-02-29",
    "${date+1d}, 2028-03-02",
    "${date-366d}, 2027-03-01",
    "/in/${date:yyyy/MM/dd}/x, /in/2028/03/01/x",
    "/in/${date-1d:yyyyMMdd}.csv, /in/20280229.csv",
    "${date-1d}..${date}, 2028-02-29..2028-03-01",
    "$${date}, ${date}",
    "$5, $5",
  })
  void shouldExpand(String pattern, String path) {
    assertEquals(path, DatePattern.of(pattern).expand(FIRST_OF_MARCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${day}",
        "${date",
        "${}",
        "${date-1}",
        "${date-1h}",
        "${date:}",
        "${date:HH}",
        "${date:YYYY}",
        "${date:q-b}"
      })
  void shouldRefuseWhatIsNoDate(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> DatePattern.of(pattern));
  }
}
