package io.millrace.job.score;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FeatureLookupTest {
  @Test
  void shouldSayWhatToDoWhereFeaturesFillTheHeap() {
    FeatureLookup.Memory memory = new FeatureLookup.Memory(64 << 20);
    assertDoesNotThrow(() -> memory.grow(40 << 20, "card"));
    IOException full = assertThrows(IOException.class, () -> memory.grow(25 << 20, "shop"));
    assertEquals(
        "Cannot hold the features of shop in memory: they take more than 64 MiB, half of the heap of"
            + " this task; set a lower join.memory, or give map tasks more memory",
        full.getMessage());
  }
}
