package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessShareTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @CsvSource({
    "1, 4096, 1", // cores, MiB of heap -> tasks
    "2, 4096, 2",
    "2,  384, 2",
    "2,  383, 1",
    "8, 1024, 5",
    "1,   64, 1"
  })
  void shouldRunATaskOnEachCoreThatTheHeapAllows(int cores, long heapMib, int tasks) {
    assertEquals(tasks, ProcessShare.tasksOfProcess(cores, heapMib * MIB));
  }

  @ParameterizedTest
  @CsvSource({
    "1,  4096, 1", // tasks, MiB of heap -> stages
    "2,  4096, 2",
    "2,  2048, 2",
    "2,  2047, 1",
    "2,  1024, 1",
    "16, 65536, 2",
    "1,    64, 1"
  })
  void shouldRunTwoStagesSideBySideWhereBothHaveRoom(int tasks, long heapMib, int stages) {
    assertEquals(stages, ProcessShare.stages(tasks, heapMib * MIB));
  }

  @ParameterizedTest
  @CsvSource({
    "1,  2, 4096,  2", // jobs, tasks of one that is alone, MiB of heap -> tasks of each
    "2,  2, 4096,  2", // one goes on with all cores when the other has ended
    "2, 16, 4096, 10",
    "4,  2, 4096,  1",
    "4,  8, 8192,  4",
    "8,  2, 4096,  1",
    "2,  2,  600,  1", // three tasks have room, not four
    "1,  4,  128,  4", // as it was said
    "9,  1,   64,  1"
  })
  void shouldLendCoresTwiceAtMostAndMemoryNever(int jobs, int alone, long heapMib, int tasks) {
    ProcessShare share = ProcessShare.of(jobs, alone, heapMib * MIB);
    assertEquals(new ProcessShare(jobs, tasks), share);
    assertEquals(1, share.ofWhole() * jobs * tasks, 1e-9);
  }
}
