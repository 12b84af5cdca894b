package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {
  @TempDir private Path folder;

  @Test
  void shouldReadWhatChildrenTook() {
    // ticks of the shell itself, 7 and 8, are not the command's; its name may hold blanks and
    // brackets
    String counts =
        """
        123 (ba sh)) S 1 1 1 0 -1 4194304 10 20 0 0 7 8 250 50 20 0 1 0 99 100 200
        rchar: 1000
        wchar: 2000
        read_bytes: 3
        """;
    assertEquals(new Measurement(1.5, 3.0, 64, 1000, 2000), Meter.parse(counts, 1.5, 64));
  }

  @Test
  void shouldMeasureAProcess() throws Exception {
    Measurement copied =
        new Meter(folder, Map.of())
            .run("copy", List.of("dd", "if=/dev/zero", "of=/dev/null", "bs=1M", "count=64"));
    assertTrue(copied.readBytes() >= 64 << 20, copied::toString);
    assertTrue(copied.writtenBytes() >= 64 << 20, copied::toString);
  }

  @Test
  void shouldStopWithWhatAFailedCommandSaid() {
    Meter meter = new Meter(folder, Map.of());
    IOException failure =
        assertThrows(
            IOException.class,
            () -> meter.run("broken", List.of("bash", "-c", "echo no such thing; exit 3")));
    assertTrue(failure.getMessage().contains("code 3"), failure::getMessage);
    assertTrue(failure.getMessage().contains("no such thing"), failure::getMessage);
  }
}
