package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.learn.DesignRow;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationTest {
  private static final RowType ROWS =
      new RowType(
          "rows",
          List.of(
              new Column("price", ColumnType.decimal(10, 2).withNullable(true)),
              new Column("hour", ColumnType.of(Kind.INT).withNullable(true)),
              new Column("floor", ColumnType.of(Kind.DOUBLE).withNullable(true)),
              new Column("channel", ColumnType.of(Kind.STRING).withNullable(true)),
              new Column("size", ColumnType.of(Kind.STRING).withNullable(true))));

  private static final Preparation PREPARATION =
      new Preparation(
          List.of(
              new PreparedInput.Numeric(
                  "price",
                  List.of(
                      new NumberStep.Impute(3),
                      new NumberStep.Clip(1, 7),
                      new NumberStep.Standardise(4, 2)),
                  true),
              new PreparedInput.Buckets("hour", List.of(), List.of(4.0, 8.0, 12.5), true),
              new PreparedInput.NumberCategories("floor", List.of(-1.0, 0.0, 2.5), true, true),
              new PreparedInput.TextCategories("channel", List.of("", "web"), true),
              new PreparedInput.TextOrder("size", List.of("L", "M", "S"))),
          List.of());

  @Test
  void shouldNameEachDesignColumnAfterWhatItHolds() {
    assertEquals(
        List.of(
            "price",
            "price is missing",
            "hour < 4",
            "hour in [4, 8)",
            "hour in [8, 12.5)",
            "hour >= 12.5",
            "hour is missing",
            "floor=-1",
            "floor=0",
            "floor=2.5",
            "floor is other",
            "floor is missing",
            "channel is empty",
            "channel=web",
            "channel is other",
            "size"),
        PREPARATION.columns().stream().map(DesignColumn::name).toList());
    assertEquals(16, PREPARATION.width());
    assertEquals("hour", PREPARATION.columns().get(2).input());
  }

  @Test
  void shouldTakeStepsInTheirOrderAndLeaveZerosOut() {
    assertEquals(
        Map.of(
            "price", -1.5, "hour in [4, 8)", 1.0, "floor=0", 1.0, "channel=web", 1.0, "size", 1.0),
        prepared(50L, 4L, -0.0, "web", "M"));
    assertEquals(
        Map.of("price", 1.5, "hour < 4", 1.0, "floor is other", 1.0, "channel is other", 1.0),
        prepared(1900L, 3L, 7.0, "phone", "L"));
    assertEquals(
        Map.of("hour >= 12.5", 1.0, "floor=2.5", 1.0, "channel is empty", 1.0, "size", -1.0),
        prepared(400L, 13L, 2.5, "", "XXL"));
  }

  @Test
  void shouldPrepareNull() {
    assertEquals(
        Map.of(
            "price", -0.5,
            "price is missing", 1.0,
            "hour is missing", 1.0,
            "floor is missing", 1.0,
            "channel is empty", 1.0,
            "size", -1.0),
        prepared(null, null, null, null, null));
  }

  @Test
  void shouldTakeWhatIsNotFiniteForNull() {
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertEquals(1.0, prepared(0L, 0L, value, "", "").get("floor is missing"));
    }
  }

  @Test
  void shouldKeepAnUnknownNumberForTreesApartFromZero() {
    Preparation trees =
        new Preparation(List.of(new PreparedInput.Numeric("floor", List.of(), false)), List.of());
    DesignRow out = new DesignRow(1);
    Row row = row(null, null, null, null, null);
    trees.preparer(ROWS).prepare(row, out);
    assertEquals(1, out.size);
    assertEquals(Double.NaN, out.values[0]);
  }

  @Test
  void shouldMirrorTheLogarithmBelowZero() {
    NumberStep log = new NumberStep.Log1p();
    assertEquals(Math.log(10), log.apply(9), 1e-15);
    assertEquals(-Math.log(10), log.apply(-9), 1e-15);
    assertEquals(0, log.apply(0));
    assertEquals(Double.NaN, log.apply(Double.NaN));
  }

  @Test
  void shouldTravelAsJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertEquals(
        PREPARATION, json.readValue(json.writeValueAsString(PREPARATION), Preparation.class));
  }

  @Test
  void shouldRefuseRowsOfAnotherType() {
    RowType other = new RowType("rows", List.of(new Column("size", ColumnType.of(Kind.LONG))));
    Preparation preparation =
        new Preparation(List.of(new PreparedInput.TextOrder("size", List.of())), List.of());
    assertEquals(
        "Cannot prepare size, which is BIGINT: it was VARCHAR when the model was trained",
        assertThrows(IllegalArgumentException.class, () -> preparation.preparer(other))
            .getMessage());
  }

  private static Map<String, Double> prepared(
      @Nullable Long cents,
      @Nullable Long hour,
      @Nullable Double floor,
      @Nullable String channel,
      @Nullable String size) {
    DesignRow out = new DesignRow(PREPARATION.width());
    PREPARATION.preparer(ROWS).prepare(row(cents, hour, floor, channel, size), out);
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < out.size; i++) {
      values.put(PREPARATION.columns().get(out.indices[i]).name(), out.values[i]);
    }
    return values;
  }

  private static Row row(
      @Nullable Long cents,
      @Nullable Long hour,
      @Nullable Double floor,
      @Nullable String channel,
      @Nullable String size) {
    Row row = new Row(5);
    row.setNull(0);
    row.setNull(1);
    row.setNull(2);
    row.setNull(3);
    row.setNull(4);
    if (cents != null) {
      row.setLong(0, cents);
    }
    if (hour != null) {
      row.setLong(1, hour);
    }
    if (floor != null) {
      row.setDouble(2, floor);
    }
    if (channel != null) {
      row.setString(3, channel);
    }
    if (size != null) {
      row.setString(4, size);
    }
    return row;
  }
}
