package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountsTest {
  // ticks of the process itself are 7 and 8, those of its children 250 and 50
  private static final String PROCESS =
      """
      123 (ba sh)) S 1 1 1 0 -1 4194304 10 20 0 0 7 8 250 50 20 0 1 0 99 100 200
      rchar: 1000
      wchar: 2000
      read_bytes: 3
      """;

  @Test
  void shouldReadWhatChildrenTook() {
    assertEquals(new Counts(3.0, 1000, 2000), Counts.ofChildren(PROCESS));
  }

  @Test
  void shouldReadWhatAProcessAndItsChildrenTook() {
    assertEquals(new Counts(3.15, 1000, 2000), Counts.ofAll(PROCESS));
  }

  @Test
  void shouldTellWhatWasTakenMeanwhile() {
    Counts before = new Counts(1, 10, 100);
    Counts after = new Counts(4, 50, 600);
    assertEquals(new Counts(3, 40, 500), after.minus(before));
    assertEquals(after, before.plus(after.minus(before)));
  }
}
