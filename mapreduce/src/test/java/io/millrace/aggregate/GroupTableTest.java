package io.millrace.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.Row;
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

  private static int group(GroupTable table, String key) {
    byte[] bytes = ("--" + key).getBytes(StandardCharsets.UTF_8);
    return table.group(bytes, 2, bytes.length - 2, XxHash64.hash(bytes, 2, bytes.length - 2));
  }

  private static String key(GroupTable table, int group) {
    return new String(
        table.keys(), table.keyOffset(group), table.keyLength(group), StandardCharsets.UTF_8);
  }

  private long count(int group) {
    Row row = new Row(1);
    states.finish(group, 0, RESULT, row, 0);
    return row.longs[0];
  }

  @Test
  void shouldCountEachKeyApart() {
    GroupTable table = new GroupTable(states, PLENTY);
    Map<String, Long> expected = new HashMap<>();
    Random random = new Random(1);
    Row row = new Row(0);
    for (int i = 0; i < 50_000; i++) {
      String key = Integer.toString(random.nextInt(10_000), 7);
      expected.merge(key, 1L, Long::sum);
      states.add(group(table, key), row, new int[] {-1});
    }
    Map<String, Long> counted = new HashMap<>();
    for (int group = 0; group < table.size(); group++) {
      counted.put(key(table, group), count(group));
    }
    assertEquals(expected, counted);
  }

  @Test
  void shouldTellKeysOfOneHashApart() {
    GroupTable table = new GroupTable(states, PLENTY);
    byte[] keys = "abcabd".getBytes(StandardCharsets.UTF_8);
    int first = table.group(keys, 0, 3, 42);
    int second = table.group(keys, 3, 3, 42);
    assertNotEquals(first, second);
    assertEquals(first, table.group(keys, 0, 3, 42));
    assertEquals(second, table.group(keys, 3, 3, 42));
  }

  @Test
  void shouldRefuseNewKeysBeyondItsMemory() {
    long most = 100_000;
    GroupTable table = new GroupTable(states, most);
    int groups = 0;
    while (group(table, "key " + groups) != GroupTable.NO_ROOM) {
      groups++;
    }
    assertTrue(groups > 1_000, "only " + groups);
    assertTrue(table.bytes() <= most, table.bytes() + " bytes");
    assertEquals(0, group(table, "key 0"), "known keys stay");
    table.clear();
    assertEquals(0, table.size());
    assertEquals(0, group(table, "key " + groups));
    assertEquals(0, count(0), "a new group has the states of nothing");
  }

  @Test
  void shouldHoldOneGroupWhateverItsMemory() {
    GroupTable table = new GroupTable(states, 0);
    assertEquals(0, group(table, "x".repeat(100_000)));
    assertEquals(GroupTable.NO_ROOM, group(table, "y"));
  }
}
