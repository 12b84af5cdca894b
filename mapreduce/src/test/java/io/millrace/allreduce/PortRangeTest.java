package io.millrace.allreduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
  @Test
  void shouldReadARangeOrAPort() {
    assertEquals(new PortRange(50_100, 50_150), PortRange.parse(" 50100-50150 "));
    assertEquals(new PortRange(4242, 4242), PortRange.parse("4242"));
    assertEquals(PortRange.ANY, PortRange.parse("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "2-1", "70000", "0-5", "1-2-3", "-1"})
  void shouldRefuseWhatIsNoRange(String text) {
    assertThrows(IllegalArgumentException.class, () -> PortRange.parse(text));
  }

  @Test
  void shouldTakeTheFirstFreePort() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 0, here)) {
      int port = taken.getLocalPort();
      try (ServerSocket next = new PortRange(port, Math.min(65_535, port + 50)).listen(here)) {
        assertTrue(next.getLocalPort() > port);
      }
      IOException refused =
          assertThrows(IOException.class, () -> new PortRange(port, port).listen(here));
      assertTrue(
          refused.getMessage().contains("Cannot listen on 127.0.0.1 at ports " + port),
          refused::getMessage);
    }
  }
}
