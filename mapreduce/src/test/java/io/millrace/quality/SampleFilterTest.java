package io.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.pipeline.Sample;
import io.millrace.row.Buckets;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SampleFilterTest {
  private static final int CARDS = 100_000;
  private static final RowType ROWS =
      new RowType(
          "Row",
          List.of(
              new Column("amount", ColumnType.of(Kind.DOUBLE)),
              new Column("card", ColumnType.of(Kind.STRING).withNullable(true))));

  private static SampleFilter filter(String share) {
    Sample sample = new Sample(new BigDecimal(share), List.of("card"));
    return new SampleFilter(ROWS, sample.columns(), sample.hashLimit());
  }

  private static Row row(String card, double amount) {
    Row row = new Row(2);
    row.setDouble(0, amount);
    row.setString(1, card);
    return row;
  }

  private static Set<String> taken(String share) {
    SampleFilter filter = filter(share);
    Set<String> taken = new TreeSet<>();
    for (int card = 0; card < CARDS; card++) {
      if (filter.takes(row("C" + card, card))) {
        taken.add("C" + card);
      }
    }
    return taken;
  }

  @Test
  void shouldTakeAboutTheShareOfTheEntities() {
    // five standard deviations of a binomial count: 31.5 and 95
    assertEquals(1_000, taken("0.01").size(), 158);
    assertEquals(10_000, taken("0.1").size(), 475);
    assertEquals(50_000, taken("0.5").size(), 791);
  }

  @Test
  void shouldTakeTheEntitiesOfASmallerShareInALargerOne() {
    Set<String> small = taken("0.01");
    assertTrue(taken("0.015").containsAll(small));
    assertTrue(taken("0.1").containsAll(small));
    assertTrue(taken("0.999").containsAll(taken("0.1")));
  }

  @Test
  void shouldGoByTheEntityAlone() {
    SampleFilter filter = filter("0.3");
    for (int card = 0; card < 100; card++) {
      assertEquals(filter.takes(row("C" + card, 1)), filter.takes(row("C" + card, -7.5)));
    }
  }

  @Test
  void shouldSpreadOverBuckets() {
    Set<Integer> buckets = new TreeSet<>();
    for (String card : taken("0.01")) {
      ByteBuilder key = new ByteBuilder();
      new RowEncoder(ROWS, List.of("card")).encode(row(card, 1), key);
      buckets.add(Buckets.of(XxHash64.hash(key.array(), 0, key.length()), 16));
    }
    assertEquals(16, buckets.size());
  }

  @Test
  void shouldTellWhatNamesNoEntity() {
    Row row = row("C1", 1);
    assertTrue(filter("0.5").hasEntity(row));
    row.setNull(1);
    assertFalse(filter("0.5").hasEntity(row));
  }
}
