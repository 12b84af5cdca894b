package io.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {
  @TempDir private Path folder;

  @Test
  void shouldMeasureAProcess() throws Exception {
    Measurement copied =
        new Meter(folder, new Machine())
            .run("copy", List.of("dd", "if=/dev/zero", "of=/dev/null", "bs=1M", "count=64"));
    assertTrue(copied.readBytes() >= 64 << 20, copied::toString);
    assertTrue(copied.writtenBytes() >= 64 << 20, copied::toString);
  }

  @Test
  void shouldStopWithWhatAFailedCommandSaid() {
    Meter meter = new Meter(folder, new Machine());
    IOException failure =
        assertThrows(
            IOException.class,
            () -> meter.run("broken", List.of("bash", "-c", "echo no such thing; exit 3")));
    assertTrue(failure.getMessage().contains("code 3"), failure::getMessage);
    assertTrue(failure.getMessage().contains("no such thing"), failure::getMessage);
  }
}
