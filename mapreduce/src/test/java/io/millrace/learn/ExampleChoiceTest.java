package io.millrace.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExampleChoiceTest {
  private static final RowType SCOPE =
      new RowType("Row", List.of(new Column("id", ColumnType.of(Kind.LONG))));
  private static final int ROWS = 20_000;

  private static ExampleChoice choice(long testBelow, long validationBelow, String negatives) {
    return new ExampleChoice(
        new ExampleSettings(
            "",
            List.of("id"),
            List.of(
                new ExampleSettings.Day(100, Part.TRAIN), new ExampleSettings.Day(101, Part.TRAIN)),
            testBelow,
            validationBelow,
            negatives),
        SCOPE);
  }

  private static List<Long> taken(ExampleChoice choice, int day, boolean negative, Part part) {
    List<Long> taken = new ArrayList<>();
    Row row = new Row(1);
    Example example = new Example();
    example.day = day;
    for (long id = 0; id < ROWS; id++) {
      row.setLong(0, id);
      if (choice.takes(row, negative, example) && example.part == part) {
        assertEquals(negative ? 10 : 1, example.weight);
        taken.add(id);
      }
    }
    return taken;
  }

  /** Five standard deviations of a binomial count. */
  private static void assertShare(double share, int count, int of) {
    assertEquals(share * of, count, 5 * Math.sqrt(of * share * (1 - share)));
  }

  @Test
  void shouldKeepAShareOfTheNegativesAnotherOneEachDay() {
    ExampleChoice choice = choice(0, 0, "0.1");
    List<Long> first = taken(choice, 0, true, Part.TRAIN);
    Set<Long> both = new HashSet<>(taken(choice, 1, true, Part.TRAIN));
    assertShare(0.1, first.size(), ROWS);
    both.retainAll(first);
    assertShare(0.01, both.size(), ROWS);
    assertEquals(ROWS, taken(choice, 0, false, Part.TRAIN).size());
  }

  @Test
  void shouldSplitByTheKeyAloneAndIndependentlyOfTheSample() {
    // below a quarter of all hashes test, below a half validation
    ExampleChoice choice = choice(1L << 62, 1L << 63, "0.1");
    List<Long> test = taken(choice, 0, false, Part.TEST);
    assertShare(0.25, test.size(), ROWS);
    assertShare(0.25, taken(choice, 0, false, Part.VALIDATION).size(), ROWS);
    assertEquals(test, taken(choice, 1, false, Part.TEST));

    List<Long> sampled = taken(choice, 0, true, Part.TEST);
    assertShare(0.1, sampled.size(), test.size());
    assertTrue(test.containsAll(sampled));
  }
}
