package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.StateMemory;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRuntimeTest {
  private static final String MAPS = "mapreduce.local.map.tasks.maximum";
  private static final String REDUCES = "mapreduce.local.reduce.tasks.maximum";
  private static final String SORT_MIB = "mapreduce.task.io.sort.mb";
  private static final String ARRIVED = "mapreduce.reduce.shuffle.input.buffer.percent";
  private static final long MIB = 1L << 20;

  private static Configuration tuned(int cores, long heapMib) {
    Configuration configuration = new Configuration(false);
    LocalRuntime.tune(configuration, Path.of("/tmp/x"), cores, heapMib * MIB);
    return configuration;
  }

  @ParameterizedTest
  @CsvSource({
    "2,  4096, 1",
    "2,  4096, 2",
    "2,  4096, 5",
    "16, 4096, 2",
    "16, 65536, 2",
    "2,  1024, 2",
    "2,   512, 4",
    "1,   256, 3"
  })
  void shouldKeepWhatAllTasksOfAllJobsHoldWithinTheHeap(int cores, long heapMib, int jobs) {
    Configuration shared = tuned(cores, heapMib);
    if (jobs > 1) {
      LocalRuntime.share(shared, jobs, heapMib * MIB);
    }
    int maps = jobs * shared.getInt(MAPS, 0);
    int reduces = jobs * shared.getInt(REDUCES, 0);
    double sorted = maps * shared.getLong(SORT_MIB, 0) / (double) heapMib;
    assertTrue(sorted <= 0.3, () -> sorted + " of the heap");
    assertEquals(0.4, reduces * shared.getDouble(ARRIVED, 0), 1e-6);
    long table = shared.getLong(StateMemory.TABLE_BYTES, heapMib * MIB / 4 / maps);
    assertTrue(maps * table <= heapMib * MIB / 4, () -> maps + " tables of " + table);
  }

  @ParameterizedTest
  @CsvSource({"4096, 65536", "65536, 65536", "131072, 131072"})
  void shouldReadAndWriteFilesInLargePieces(int configured, int expected) {
    Configuration configuration = new Configuration(false);
    configuration.setInt("io.file.buffer.size", configured);
    LocalRuntime.tune(configuration, Path.of("/tmp/x"), 2, 4096 * MIB);
    assertEquals(expected, configuration.getInt("io.file.buffer.size", 0));
  }

  @Test
  void shouldDivideWhatTheUserHasSetToo() {
    Configuration shared = tuned(2, 4096);
    shared.setInt(MAPS, 4);
    shared.setInt(SORT_MIB, 100);
    shared.setInt(StateMemory.TABLE_BYTES, 5_000);
    LocalRuntime.share(shared, 2, 4096 * MIB);
    assertEquals(4, shared.getInt(MAPS, 0));
    assertEquals(50, shared.getInt(SORT_MIB, 0));
    assertEquals(5_000, shared.getInt(StateMemory.TABLE_BYTES, 0));
  }

  @Test
  void shouldLeaveSmallBuffersAsTheyAre() {
    Configuration shared = tuned(2, 4096);
    shared.setInt(SORT_MIB, 1);
    LocalRuntime.share(shared, 2, 4096 * MIB);
    assertEquals(1, shared.getInt(SORT_MIB, 0));
  }

  @Test
  void shouldNameWhatLeavesTheProcessUnmeasured() {
    assertEquals(UnmeasuredProcess.class.getName(), LocalRuntime.UNMEASURED_PROCESS);
  }
}
