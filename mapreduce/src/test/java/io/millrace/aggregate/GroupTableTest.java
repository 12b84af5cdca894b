package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupTableTest {
  private static final Aggregate COUNT =
      Aggregates.create(new StateSettings(StateKind.COUNT, List.of(), List.of(), "COUNT(*)"));
  private static final Result RESULT =
      COUNT.result(new ResultSettings(0, AggregateFunction.COUNT, List.of(), "COUNT(*)"));

  private static final long PLENTY = 1L << 30;

  private final GroupStates states = new GroupStates(List.of(COUNT));

  private static int group(GroupTable table, String entity) {
    return group(table, entity, 20_000);
  }

  private static int group(GroupTable table, String entity, int day) {
    byte[] bytes = ("--" + entity).getBytes(StandardCharsets.UTF_8);
    long hash = XxHash64.hash(bytes, 2, bytes.length - 2);
    return table.group(bytes, 2, bytes.length - 2, hash, day);
  }

  private static String entity(GroupTable table, int cell) {
    ByteBuilder bytes = new ByteBuilder();
    table.putEntity(cell, bytes);
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  private long count(int group) {
    Row row = new Row(1);
    states.finish(group, 0, RESULT, row, 0);
    return row.longs[0];
  }

  @Test
  void shouldCountEachEntityAndDayApart() {
    GroupTable table = new GroupTable(states, PLENTY);
    Map<String, Long> expected = new HashMap<>();
    Random random = new Random(1);
    Row row = new Row(0);
    for (int i = 0; i < 100_000; i++) {
      String entity = Integer.toString(random.nextInt(2_000), 7);
      // days before 1970 too, and now and then one that is far from all others
      int day = i % 1_000 == 0 ? random.nextInt() : random.nextInt(40) - 20;
      expected.merge(entity + " " + day, 1L, Long::sum);
      states.add(group(table, entity, day), row, new int[] {-1});
    }
    assertEquals(expected.size(), table.size());
    assertEquals(expected, counts(table));
  }

  private Map<String, Long> counts(GroupTable table) {
    Map<String, Long> counted = new HashMap<>();
    for (int cell = 0; cell < table.cells(); cell++) {
      int group = table.groupAt(cell);
      if (group != GroupTable.NO_GROUP) {
        counted.put(entity(table, cell) + " " + table.dayAt(cell), count(group));
      }
    }
    return counted;
  }

  @Test
  void shouldFindTheGroupsOfABatchThatItFindsOneByOne() {
    GroupTable plain = new GroupTable(new GroupStates(List.of(COUNT)), PLENTY);
    GroupTable table = new GroupTable(states, PLENTY);
    RowType type = new RowType("Entity", List.of(new Column("id", ColumnType.of(Kind.INT))));
    KeyBatch batch = new KeyBatch(new RowEncoder(type), 50);
    Random random = new Random(1);
    Row row = new Row(1);
    int found = 0;
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < 50; i++) {
        row.setLong(0, random.nextInt(2_000));
        batch.add(row, random.nextInt(40) - 20);
      }
      table.find(batch);
      for (int i = 0; i < batch.size(); i++) {
        int expected = group(plain, batch, i);
        if (table.found(i) == GroupTable.NO_GROUP) {
          assertEquals(expected, group(table, batch, i));
        } else {
          assertEquals(expected, table.found(i));
          found++;
        }
      }
      batch.clear();
    }
    assertTrue(table.size() > 5_000, "groups: " + table.size());
    assertTrue(found > 200, "found: " + found);
    table.clear();
    assertEquals(GroupTable.NO_GROUP, table.found(0), "of what was cleared");
  }

  private static int group(GroupTable table, KeyBatch batch, int i) {
    return table.group(
        batch.array(), batch.offset(i), batch.length(i), batch.hash(i), batch.day(i));
  }

  @Test
  void shouldTellEntitiesOfOneHashApart() {
    GroupTable table = new GroupTable(states, PLENTY);
    byte[] keys = "abcabd".getBytes(StandardCharsets.UTF_8);
    int first = table.group(keys, 0, 3, 42, 7);
    int second = table.group(keys, 3, 3, 42, 7);
    assertNotEquals(first, second);
    assertEquals(first, table.group(keys, 0, 3, 42, 7));
    assertEquals(second, table.group(keys, 3, 3, 42, 7));
  }

  @Test
  void shouldRefuseNewEntitiesBeyondItsMemory() {
    long most = 100_000;
    GroupTable table = new GroupTable(states, most);
    int groups = 0;
    while (group(table, "key " + groups) != GroupTable.NO_ROOM) {
      groups++;
    }
    assertTrue(groups > 1_000, "only " + groups);
    assertTrue(table.bytes() <= most, table.bytes() + " bytes");
    assertEquals(0, group(table, "key 0"), "known groups stay");
    table.clear();
    assertEquals(0, table.size());
    assertEquals(Map.of(), counts(table));
    assertEquals(0, group(table, "key " + groups));
    assertEquals(0, count(0), "a new group has the states of nothing");
  }

  @Test
  void shouldRefuseNewDaysBeyondItsMemory() {
    long most = 100_000;
    GroupTable table = new GroupTable(states, most);
    int day = 0;
    while (group(table, "key", day) != GroupTable.NO_ROOM) {
      day++;
    }
    assertTrue(day > 1_000, "only " + day);
    assertTrue(table.bytes() <= most, table.bytes() + " bytes");
    assertEquals(0, group(table, "key", 0));
  }

  @Test
  void shouldHoldOneGroupWhateverItsMemory() {
    GroupTable table = new GroupTable(states, 0);
    assertEquals(0, group(table, "x".repeat(100_000)));
    assertEquals(GroupTable.NO_ROOM, group(table, "y"));
  }
}
