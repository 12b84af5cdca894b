package io.millrace.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.aggregate.ComputationCompiler;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.ExpressionException;
import io.millrace.expression.Step;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMarksTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private static final RowType CLEAN =
      new RowType(
          "Order",
          List.of(
              new Column("customer", ColumnType.of(Kind.STRING).withNullable(true)),
              new Column("ts", ColumnType.of(Kind.TIMESTAMP_MILLIS)),
              new Column("quantity", ColumnType.of(Kind.LONG).withNullable(true))));

  /** The first of June, July and August, and the third of August. */
  private static final List<LocalDate> SNAPSHOTS =
      List.of(
          LocalDate.of(2011, 6, 1),
          LocalDate.of(2011, 7, 1),
          LocalDate.of(2011, 8, 1),
          LocalDate.of(2011, 8, 3));

  private final List<String> marks = new ArrayList<>();

  private EventMarks marks(String condition) throws ExpressionException {
    return new EventMarks(
        new MarkSettings(
            CLEAN.toAvro().toString(),
            List.of("customer"),
            "ts",
            ZONE.getId(),
            new ComputationCompiler(ZONE)
                .compile(
                    CLEAN,
                    List.of(
                        new Step.Check(
                            "any", new ExpressionCompiler(ZONE).parseCondition(condition, CLEAN))),
                    List.of()),
            SNAPSHOTS.stream().map(LocalDate::toEpochDay).toList(),
            30),
        (snapshot, entity) ->
            marks.add(
                snapshot
                    + " "
                    + new String(entity.array(), 1, entity.length() - 1, StandardCharsets.UTF_8)));
  }

  private static ByteBuilder order(
      @Nullable String customer, String time, @Nullable Integer quantity) {
    ByteBuilder row = new ByteBuilder();
    if (customer == null) {
      row.putByte(0);
    } else {
      byte[] name = customer.getBytes(StandardCharsets.UTF_8);
      row.putByte(2).putSlice(name, 0, name.length);
    }
    row.putVarint(LocalDateTime.parse(time).atZone(ZONE).toInstant().toEpochMilli());
    return quantity == null ? row.putByte(0) : row.putByte(2).putVarint(quantity);
  }

  private static void add(EventMarks marks, String landed, ByteBuilder... orders) throws Exception {
    marks.enter(CLEAN, LocalDate.parse(landed).toEpochDay());
    ByteBuilder all = new ByteBuilder();
    for (ByteBuilder order : orders) {
      all.putBytes(order.array(), 0, order.length());
    }
    marks.add(all.array(), 0, all.length(), orders.length);
  }

  /** By hand: an event counts on the 30 days behind a snapshot, if it had not landed by then. */
  @ParameterizedTest
  @CsvSource({
    // on the day of a snapshot, and on the first and the last day behind it
    "2011-06-01T23:59:59,2011-06-01,''",
    "2011-06-02T00:00:00,2011-06-02,0",
    "2011-07-01T23:59:59,2011-07-01,0",
    "2011-07-02T00:00:00,2011-07-02,1",
    // July has 31 days: the first of August lies outside of the July snapshot's month
    "2011-07-31T12:00:00,2011-07-31,1",
    "2011-08-01T12:00:00,2011-08-01,''",
    // two snapshots have it in their future
    "2011-08-04T12:00:00,2011-08-04,2 3",
    // late: it counts although it landed weeks behind the window of the snapshot
    "2011-06-20T12:00:00,2011-09-15,0",
    // late: it happened before the snapshot and landed behind it, and is no future
    "2011-06-01T12:00:00,2011-06-05,''",
    // early: a clock that goes ahead; the snapshot of August 3rd knew of it
    "2011-08-05T12:00:00,2011-08-03,2",
    "2011-08-05T12:00:00,2011-08-04,2 3"
  })
  void shouldMarkTheSnapshotsInWhoseFutureAnEventLies(String time, String landed, String expected)
      throws Exception {
    EventMarks events = marks("quantity > 0");
    add(events, landed, order("c", time, 5));
    assertEquals(
        expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1)),
        marks.stream().map(mark -> mark.substring(0, 1)).toList());
    assertEquals(expected.isEmpty() ? 0 : 1, events.marking());
  }

  @Test
  void shouldCountEventsThatMeetTheConditionAlone() throws Exception {
    EventMarks events = marks("10 / quantity > 1");
    add(
        events,
        "2011-06-05",
        order("a", "2011-06-03T10:00:00", 20),
        order("b", "2011-06-03T10:00:00", null),
        order("c", "2011-06-03T10:00:00", 3),
        order(null, "2011-06-03T10:00:00", 3),
        order("d", "2011-06-04T10:00:00", 1));
    assertEquals(List.of("0 c", "0 d"), marks);
    assertEquals(5, events.taken());
    assertEquals(2, events.marking());
    assertEquals(0, events.errors());
  }

  @Test
  void shouldCountConditionsThatCannotBeComputed() throws Exception {
    EventMarks events = marks("LN(quantity) > 0");
    add(
        events,
        "2011-06-05",
        order("a", "2011-06-03T10:00:00", 20),
        order("b", "2011-06-03T10:00:00", 0),
        // outside of all windows: nobody asks
        order("c", "2011-06-01T10:00:00", 0));
    assertEquals(List.of("0 a"), marks);
    assertEquals(1, events.errors());
  }
}
