package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageInputTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 10);

  @ParameterizedTest
  @CsvSource({
    "2, 0, 2026-01-01, 8 9 10",
    "1, 1, 2026-01-01, 9",
    "9, 7, 2026-01-01, 1 2 3",
    "9, 7, 2026-11-02, 2 3",
    "2, 0, 2026-11-10, 10",
    "9, 7, 2026-11-04, ''"
  })
  void shouldReadTheDaysOfTheWindow(int firstBack, int lastBack, LocalDate from, String days) {
    StageInput.Window window = new StageInput.Window(StageId.partials("card"), firstBack, lastBack);
    assertEquals(
        days,
        window.dates(DATE, from).stream()
            .map(date -> Integer.toString(date.getDayOfMonth()))
            .collect(Collectors.joining(" ")));
  }

  @Test
  void shouldRefuseToReadTheFuture() {
    assertThrows(
        IllegalArgumentException.class, () -> new StageInput.Window(StageId.clean(), 3, -1));
  }
}
