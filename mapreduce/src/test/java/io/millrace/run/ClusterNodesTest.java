package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterNodesTest {
  private static final List<Long> NODES = List.of(6144L, 2048L, 10240L);

  @ParameterizedTest
  @CsvSource({
    // 6 + 2 + 10, of which a master of 512 MiB takes one
    "1024, 512, 1.0, 17",
    // 1 + 0 + 2: the master fits where nothing else does
    "4096, 1536, 1.0, 3",
    "1024, 512, 0.5, 8",
    "10240, 512, 1.0, 1",
    "11264, 512, 1.0, 0",
    "1024, 20480, 1.0, 0"
  })
  void shouldCountWhatRunsBesideTheMaster(long container, long master, double share, int expected) {
    assertEquals(expected, new ClusterNodes(NODES, share).atOnce(container, master));
  }
}
