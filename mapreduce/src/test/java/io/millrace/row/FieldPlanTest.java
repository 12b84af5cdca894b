package io.millrace.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FieldPlanTest {
  private static final List<ColumnType> TYPES =
      Arrays.stream(Kind.values())
          .map(kind -> kind == Kind.DECIMAL ? ColumnType.decimal(18, 2) : ColumnType.of(kind))
          .toList();

  /** Records of random columns, some of them broken, read with and without the plan. */
  @Property(tries = 2000)
  void shouldReadWhatTheCheckedWayReads(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    RowType type = randomType(random);
    byte[] record = record(type, random);
    int length = record.length;
    int change = random.nextInt(4);
    if (change == 1 && length > 0) {
      record[random.nextInt(length)] = (byte) random.nextInt();
    } else if (change == 2 && length > 0) {
      length = random.nextInt(length);
    }
    boolean rightBefore = random.nextBoolean();
    byte[] source = rightBefore ? Arrays.copyOf(record, length) : Arrays.copyOf(record, 300);

    int[] slots =
        IntStream.range(0, type.size()).map(i -> random.nextInt(3) == 0 ? -1 : i).toArray();
    ColumnType[] types = type.columns().stream().map(Column::type).toArray(ColumnType[]::new);
    Row fast = filled(type.size());
    ByteCursor fastCursor = new ByteCursor().reset(source, 0, length);
    boolean isRead = new FieldPlan(types, slots).decode(fastCursor, fast);
    if (!isRead) {
      assertEquals(0, fastCursor.position());
      assertTrue(change != 0, "a record that is whole was not read");
      return;
    }
    Row slow = filled(type.size());
    ByteCursor slowCursor = new ByteCursor().reset(source, 0, length);
    List<String> wanted =
        IntStream.range(0, slots.length).filter(i -> slots[i] >= 0).mapToObj(i -> "c" + i).toList();
    new RowDecoder(type, type, wanted).decodeColumns(slowCursor, slow);
    assertEquals(slowCursor.position(), fastCursor.position());
    assertArrayEquals(slow.nulls, fast.nulls);
    assertArrayEquals(slow.longs, fast.longs);
    assertArrayEquals(slow.doubles, fast.doubles);
    assertArrayEquals(slow.offsets, fast.offsets);
    assertArrayEquals(slow.lengths, fast.lengths);
  }

  @Test
  void shouldLeaveLongTextsAlone() {
    RowType type = new RowType("T", List.of(new Column("text", ColumnType.of(Kind.STRING))));
    ColumnType[] types = {ColumnType.of(Kind.STRING)};
    Row row = new Row(1);
    for (int length : new int[] {0, 63, 64, 8191, 8192, 20_000}) {
      ByteBuilder out = new ByteBuilder().putSlice(new byte[length], 0, length);
      ByteCursor cursor = new ByteCursor().reset(out.array(), 0, out.length());
      assertEquals(length < 8192, new FieldPlan(types, new int[] {0}).decode(cursor, row));
      // and yet they are read
      new RowDecoder(type).decode(out.array(), 0, out.length(), row);
      assertEquals(length, row.lengths[0]);
    }
  }

  @Test
  void shouldNotReadBeyondTheRecords() {
    ColumnType[] types = {ColumnType.of(Kind.LONG), ColumnType.of(Kind.LONG)};
    byte[] bytes = {2, 4, 6};
    ByteCursor cursor = new ByteCursor().reset(bytes, 0, 3);
    FieldPlan plan = new FieldPlan(types, new int[] {0, 1});
    assertTrue(plan.decode(cursor, new Row(2)));
    assertFalse(plan.decode(cursor, new Row(2)));
    assertEquals(2, cursor.position());
    assertFalse(plan.decode(cursor.reset(bytes, 0, 1), new Row(2)));
  }

  private static RowType randomType(Random random) {
    return new RowType(
        "Random",
        IntStream.range(0, random.nextInt(8))
            .mapToObj(
                i ->
                    new Column(
                        "c" + i,
                        TYPES.get(random.nextInt(TYPES.size())).withNullable(random.nextBoolean())))
            .toList());
  }

  private static byte[] record(RowType type, Random random) {
    Row row = new Row(type.size());
    for (int slot = 0; slot < type.size(); slot++) {
      ColumnType column = type.columns().get(slot).type();
      if (column.nullable() && random.nextInt(3) == 0) {
        row.setNull(slot);
      } else {
        switch (column.kind()) {
          case BOOLEAN -> row.setLong(slot, random.nextInt(2));
          case INT, DATE -> row.setLong(slot, random.nextInt() >> random.nextInt(32));
          case LONG, DECIMAL, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
              row.setLong(slot, random.nextLong() >> random.nextInt(64));
          case FLOAT -> row.setDouble(slot, random.nextFloat());
          case DOUBLE -> row.setDouble(slot, random.nextGaussian());
          case STRING -> row.setString(slot, "x".repeat(random.nextInt(100) >> random.nextInt(7)));
        }
      }
    }
    ByteBuilder out = new ByteBuilder();
    new RowEncoder(type).encode(row, out);
    return out.toByteArray();
  }

  private static Row filled(int slots) {
    Row row = new Row(slots);
    Arrays.fill(row.longs, 99);
    Arrays.fill(row.lengths, 99);
    return row;
  }
}
