package io.millrace.learn.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TreesMemoryTest {
  private static final TreesMemory NO_LIMIT = new TreesMemory(1, 0);

  /** Four numbers, and one of three columns of zeros and ones. */
  private static final int VALUES = 5;

  private static TrainingMatrix read(int rows, TreesMemory memory) throws IOException {
    return TrainingMatrix.read(
        ListedExamples.binary(rows, 1).examples(), ListedExamples.columns(), memory);
  }

  @Test
  void shouldHoldAllRowsInWhatAllRowsNeed() throws IOException {
    TreesMemory memory = new TreesMemory(1, NO_LIMIT.nativeBytes(700, 700 * VALUES));
    try (TrainingMatrix training = read(600, memory);
        TrainingMatrix validation = read(100, memory.beside(training))) {
      assertEquals(100, validation.labels().rows());
      assertTrue(training.values() < 600 * VALUES, "some values are not known");
    }
  }

  @Test
  void shouldRefuseRowsThatDoNotFitBesideOthers() throws IOException {
    TreesMemory memory = new TreesMemory(1, NO_LIMIT.nativeBytes(700, 700 * VALUES));
    try (TrainingMatrix training = read(600, memory)) {
      assertThrows(RowsDoNotFitException.class, () -> read(300, memory.beside(training)).close());
    }
  }

  @Test
  void shouldGrowWithRowsValuesAndOutputs() {
    // by hand: 64 MiB, 1000 rows of 96 and 24 bytes, 3000 values of 24 bytes
    assertEquals(67_108_864 + 120_000 + 72_000, NO_LIMIT.nativeBytes(1000, 3000));
    assertEquals(67_108_864 + 168_000 + 72_000, new TreesMemory(3, 0).nativeBytes(1000, 3000));
    assertEquals(28_000, NO_LIMIT.heapBytes(1000));
  }
}
