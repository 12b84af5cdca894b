package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingFilesTest {
  /** 128 bytes a row. */
  private static final RowType ROWS =
      new RowType(
          "Example",
          IntStream.range(0, 16)
              .mapToObj(i -> new Column("x" + i, ColumnType.of(Kind.DOUBLE)))
              .toList());

  private static TrainingFiles files(String negatives) {
    return new TrainingFiles(ROWS, new BigDecimal(negatives));
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1",
    "3999,1,1",
    "4000,1,4",
    "500000,1,4",
    // 16 MiB are 131072 rows
    "524288,1,4",
    "524289,1,5",
    "13107200,1,100",
    "1000000000,1,4096",
    // of the negatives a tenth; positives may be another one: 25 bytes a row
    "13107200,0.1,20"
  })
  void shouldFollowFromRowsAndSpec(long rows, String negatives, int expected) {
    assertEquals(expected, files(negatives).firstRows(rows).size());
  }

  @Test
  void shouldShareRowsEvenly() {
    assertEquals(List.of(0L, 1000L, 2001L, 3001L), files("1").firstRows(4002));
  }

  @Test
  void shouldMakeAtLeastFourFilesOfManyRowsByDates() {
    assertEquals(4, files("1").packs(List.of(1000L, 1000L, 1000L, 1000L)).tasks());
    assertEquals(4, files("1").packs(List.of(4000L)).tasks());
    assertEquals(1, files("1").packs(List.of(1000L, 1000L, 1000L)).tasks());
    // half a million rows a date are four files
    assertEquals(8, files("1").packs(List.of(500_000L, 500_000L)).tasks());
  }
}
