package io.millrace.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureTableTest {
  private static ByteBuilder bytes(byte[] bytes) {
    return new ByteBuilder().putBytes(bytes);
  }

  private static byte[] bytes(ByteCursor cursor) {
    int length = cursor.remaining();
    int start = cursor.advance(length);
    return Arrays.copyOfRange(cursor.array(), start, start + length);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static long hash(byte[] key) {
    return XxHash64.hash(key, 0, key.length);
  }

  @Test
  void shouldFindWhatWasAddedAndNothingElse() {
    Random random = new Random(1);
    Map<String, byte[]> expected = new HashMap<>();
    FeatureTable table = new FeatureTable(20_000);
    for (int i = 0; i < 20_000; i++) {
      String key = "entity-" + i;
      // over one chunk in all, and now and then one that fills several
      byte[] values = new byte[i % 5_000 == 7 ? 3 << 20 : random.nextInt(200)];
      random.nextBytes(values);
      expected.put(key, values);
      table.add(bytes(key(key)), bytes(values), hash(key(key)));
    }
    ByteCursor found = new ByteCursor();
    expected.forEach(
        (key, values) -> {
          byte[] padded = key("--" + key);
          assertTrue(table.find(padded, 2, padded.length - 2, hash(key(key)), found), key);
          assertArrayEquals(values, bytes(found));
        });
    for (int i = 20_000; i < 40_000; i++) {
      byte[] key = key("entity-" + i);
      assertFalse(table.find(key, 0, key.length, hash(key), found));
    }
  }

  @Test
  void shouldTellKeysOfOneHashApart() {
    FeatureTable table = new FeatureTable(3);
    for (String key : new String[] {"a", "ab", "b"}) {
      table.add(bytes(key(key)), bytes(key("values of " + key)), -42);
    }
    ByteCursor found = new ByteCursor();
    assertTrue(table.find(key("ab"), 0, 2, -42, found));
    assertEquals("values of ab", new String(bytes(found), StandardCharsets.UTF_8));
    assertFalse(table.find(key("c"), 0, 1, -42, found));
  }

  @Test
  void shouldHoldNothing() {
    assertFalse(new FeatureTable(0).find(key("a"), 0, 1, 7, new ByteCursor()));
  }

  @Test
  void shouldRefuseMoreThanItWasMadeFor() {
    FeatureTable table = new FeatureTable(1);
    table.add(bytes(key("a")), bytes(key("")), 1);
    assertThrows(IllegalStateException.class, () -> table.add(bytes(key("b")), bytes(key("")), 2));
  }
}
