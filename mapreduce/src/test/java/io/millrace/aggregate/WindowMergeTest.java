package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.expression.CompiledProgram;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.Step;
import io.millrace.expression.TypedExpression;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowMergeTest {
  private static final StateSettings COUNT =
      new StateSettings(StateKind.COUNT, List.of(), List.of(), "COUNT(*)");
  private static final StateSettings SUM =
      new StateSettings(StateKind.SUM, List.of(ColumnType.of(Kind.LONG)), List.of(), "SUM(n)");
  private static final List<ResultSettings> RESULTS =
      List.of(
          new ResultSettings(0, AggregateFunction.COUNT, List.of(), "COUNT(*)"),
          new ResultSettings(1, AggregateFunction.SUM, List.of(), "SUM(n)"));
  private static final Computation NONE =
      new Computation(false, CompiledProgram.empty(), List.of());

  private static final Derivation NOTHING_DERIVED = new Derivation(List.of(), NONE, List.of());

  private final List<String> rows = new ArrayList<>();
  private final ByteCursor cursor = new ByteCursor();

  /** The entity that was begun, or 0. */
  private int entity;

  /** Windows of which each shows count and sum. */
  private WindowMerge merge(LocalDate lastDay, Integer... windows) {
    int values = 2 * windows.length;
    return new WindowMerge(settings(lastDay, windows), row -> rows.add(text(row, values)));
  }

  private static WindowSettings settings(LocalDate lastDay, Integer... windows) {
    return new WindowSettings(
        lastDay.toEpochDay(),
        "UTC",
        List.of(windows),
        List.of(COUNT, SUM),
        RESULTS,
        NONE,
        List.of("$0", "$1"),
        NOTHING_DERIVED);
  }

  private String text(ByteBuilder row, int values) {
    cursor.reset(row.array(), 0, row.length());
    StringBuilder text = new StringBuilder("entity " + cursor.readByte() + ":");
    for (int i = 0; i < values; i++) {
      boolean isNull = i % 2 == 1 && cursor.readByte() == 0;
      text.append(' ').append(isNull ? "null" : Long.toString(cursor.readVarint()));
    }
    assertEquals(0, cursor.remaining());
    return text.toString();
  }

  private void add(WindowMerge merge, int newEntity, LocalDate day, long number) throws Exception {
    if (newEntity != entity) {
      finish(merge);
      entity = newEntity;
      merge.start(new byte[] {0, (byte) entity}, 1, 1);
    }
    ByteBuilder state =
        new ByteBuilder()
            .putVarint(day.toEpochDay())
            .putVarint(1) // the count
            .putBytes(new OneState("SUM", Kind.LONG).add(number).encoded());
    ByteCursor encoded = new ByteCursor().reset(state.array(), 0, state.length());
    merge.add(encoded);
    assertEquals(0, encoded.remaining());
  }

  private void finish(WindowMerge merge) throws Exception {
    if (entity != 0) {
      merge.finish();
    }
  }

  // windows of 1, 7 and 30 days, worked by hand: (D - delay - w, D - delay]
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # D,        delay, event day,  in windows of
          2026-03-31, 0,     2026-04-01, none
          2026-03-31, 0,     2026-03-31, 1 7 30
          2026-03-31, 0,     2026-03-30, 7 30
          2026-03-31, 0,     2026-03-25, 7 30
          2026-03-31, 0,     2026-03-24, 30
          2026-03-31, 0,     2026-03-02, 30
          2026-03-31, 0,     2026-03-01, none
          2026-03-31, 7,     2026-03-25, none
          2026-03-31, 7,     2026-03-24, 1 7 30
          2026-03-31, 7,     2026-03-23, 7 30
          2026-03-31, 7,     2026-03-18, 7 30
          2026-03-31, 7,     2026-03-17, 30
          2026-03-31, 7,     2026-02-23, 30
          2026-03-31, 7,     2026-02-22, none
          2024-03-01, 1,     2024-02-29, 1 7 30
          """)
  void shouldPlaceAnEventDay(LocalDate date, int delay, LocalDate eventDay, String windows)
      throws Exception {
    WindowMerge merge = merge(date.minusDays(delay), 1, 7, 30);
    add(merge, 1, eventDay, 5);
    finish(merge);
    List<String> in = Arrays.asList(windows.split(" ", -1));
    String expected =
        "entity 1:%s%s%s"
            .formatted(
                in.contains("1") ? " 1 5" : " 0 null",
                in.contains("7") ? " 1 5" : " 0 null",
                in.contains("30") ? " 1 5" : " 0 null");
    assertEquals(in.contains("none") ? List.of() : List.of(expected), rows);
  }

  @Test
  void shouldMergeDaysOfAnEntityInAnyOrder() throws Exception {
    LocalDate last = LocalDate.of(2026, 3, 31);
    WindowMerge merge = merge(last, 1, 7, 30);
    add(merge, 1, last.minusDays(29), 1);
    add(merge, 1, last, 10);
    add(merge, 1, last.minusDays(3), 100);
    add(merge, 1, last.minusDays(40), 1000);
    add(merge, 1, last, 10_000);
    add(merge, 2, last.minusDays(40), 7);
    add(merge, 3, last.minusDays(6), 7);
    finish(merge);
    assertEquals(List.of("entity 1: 2 10010 3 10110 4 10111", "entity 3: 0 null 1 7 1 7"), rows);
    assertEquals(new WindowCounts(7, 2, 2, 0), merge.counts());
  }

  @Test
  void shouldGiveNullForAResultThatDoesNotFit() throws Exception {
    LocalDate last = LocalDate.of(2026, 3, 31);
    WindowMerge merge = merge(last, 1, 7);
    add(merge, 1, last, Long.MAX_VALUE);
    add(merge, 1, last.minusDays(1), 1);
    add(merge, 2, last, 1);
    finish(merge);
    assertEquals(List.of("entity 1: 1 9223372036854775807 2 null", "entity 2: 1 1 1 1"), rows);
    assertEquals(1, merge.counts().errors());
    assertEquals(
        "SUM(n) does not fit BIGINT: it is 9223372036854775808; sum CAST(... AS DOUBLE) instead",
        merge.firstError().orElseThrow());
  }

  @Test
  void shouldGiveNullForWhatIsComputedFromAResultThatDoesNotFit() throws Exception {
    LocalDate last = LocalDate.of(2026, 3, 31);
    RowType results =
        new RowType(
            "results",
            List.of(
                new Column("$0", ColumnType.of(Kind.LONG)),
                new Column("$1", ColumnType.of(Kind.LONG).withNullable(true)),
                Aggregates.WINDOW_END));
    TypedExpression orZero =
        new ExpressionCompiler(ZoneOffset.UTC).parse("COALESCE(\"$1\", 0)", results);
    WindowSettings settings =
        new WindowSettings(
            last.toEpochDay(),
            "UTC",
            List.of(1),
            List.of(COUNT, SUM),
            RESULTS,
            new ComputationCompiler(ZoneOffset.UTC)
                .compile(results, List.of(), List.of(new Step.Assign("sum", orZero, "sum"))),
            List.of("$0", "sum"),
            NOTHING_DERIVED);
    WindowMerge merge = new WindowMerge(settings, row -> rows.add(text(row, 2)));
    add(merge, 1, last, Long.MAX_VALUE);
    add(merge, 1, last, 1);
    add(merge, 2, last, 1);
    finish(merge);
    assertEquals(List.of("entity 1: 2 null", "entity 2: 1 1"), rows);
  }

  @Test
  void shouldDeriveFromTheRowAsItStands() throws Exception {
    LocalDate last = LocalDate.of(2026, 3, 31);
    RowType scope =
        new RowType(
            "features",
            List.of(
                new Column("sum_1d", ColumnType.of(Kind.LONG).withNullable(true)),
                Aggregates.WINDOW_END));
    TypedExpression orZero =
        new ExpressionCompiler(ZoneOffset.UTC).parse("COALESCE(sum_1d, 0)", scope);
    WindowSettings settings =
        new WindowSettings(
            last.toEpochDay(),
            "UTC",
            List.of(1),
            List.of(COUNT, SUM),
            RESULTS,
            NONE,
            List.of("$0"),
            new Derivation(
                List.of(new Derivation.Input(0, "$1", "sum_1d")),
                new ComputationCompiler(ZoneOffset.UTC)
                    .compile(scope, List.of(), List.of(new Step.Assign("x", orZero, "x"))),
                List.of("x")));
    WindowMerge merge = new WindowMerge(settings, row -> rows.add(text(row, 2)));
    add(merge, 1, last, Long.MAX_VALUE);
    add(merge, 1, last, 1);
    add(merge, 2, last, 1);
    finish(merge);
    // the sum does not fit, so its column is NULL, and COALESCE makes 0 of it
    assertEquals(List.of("entity 1: 2 0", "entity 2: 1 1"), rows);
  }

  @Test
  void shouldKnowTheFeaturesOfAnEntityWithoutEvents() {
    byte[] encoded = WindowFinish.ofNothing(settings(LocalDate.of(2026, 3, 31), 1, 7, 30));
    // three times: 0 as a long, null of a union
    assertEquals("[0, 0, 0, 0, 0, 0]", Arrays.toString(encoded));
  }

  @Test
  void shouldRefuseWindowsOutOfOrder() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> merge(LocalDate.of(2026, 3, 31), 7, 1));
    assertEquals(
        "Cannot merge windows [7, 1]: their lengths must be positive and ascend",
        error.getMessage());
  }
}
