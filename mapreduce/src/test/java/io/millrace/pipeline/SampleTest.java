package io.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 9223372036854775808, 50pct-card_id",
    "0.250, 4611686018427387904, 25pct-card_id",
    "0.01, 184467440737095516, 1pct-card_id",
    "0.005, 92233720368547758, 0.5pct-card_id"
  })
  void shouldNameShareAndLimit(BigDecimal share, String limit, String folder) {
    Sample sample = new Sample(share, List.of("card_id"));
    assertEquals(limit, Long.toUnsignedString(sample.hashLimit()));
    assertEquals(folder, sample.folder());
  }

  @Test
  void shouldNameAllColumnsOfAnEntity() {
    Sample sample = new Sample(new BigDecimal("0.1"), List.of("shop", "till"));
    assertEquals("10pct-shop-till", sample.folder());
    assertEquals("10% by shop, till", sample.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "1.5"})
  void shouldTakeNeitherNothingNorAll(BigDecimal share) {
    assertThrows(IllegalArgumentException.class, () -> new Sample(share, List.of("card_id")));
  }
}
