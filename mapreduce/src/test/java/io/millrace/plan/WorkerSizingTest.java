package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkerSizingTest {
  private static final long MIB = 1L << 20;

  /** 40 files of 16 MiB, whose rows take 4000 MiB. */
  private static final WorkerSizing FILES = new WorkerSizing(40, 640 * MIB, 4000 * MIB, 10 * MIB);

  private static WorkerSizing.Room room(int most, long heldMib) {
    return (workers, held) -> workers <= most && held <= heldMib * MIB;
  }

  @Test
  void shouldTakeAWorkerForAbout64MiB() {
    assertEquals(OptionalInt.of(10), FILES.choose(room(100, 1000)));
    // 4000 / 10 with a quarter more, and the sums
    assertEquals(510 * MIB, FILES.heldBytes(10));
  }

  @Test
  void shouldTakeFewerWhereNotSoManyRunAtOnce() {
    assertEquals(OptionalInt.of(6), FILES.choose(room(6, 1000)));
  }

  @Test
  void shouldTakeMoreWhereEachHasLittleMemory() {
    assertEquals(OptionalInt.of(25), FILES.choose(room(100, 210)));
  }

  @Test
  void shouldTakeNoneWhereRowsDoNotFit() {
    assertEquals(OptionalInt.empty(), FILES.choose(room(24, 210)));
    // each file is read by one worker
    assertEquals(OptionalInt.empty(), FILES.choose(room(1000, 130)));
  }

  @Test
  void shouldTakeOneForLittle() {
    WorkerSizing little = new WorkerSizing(4, MIB, 8 * MIB, MIB);
    assertEquals(OptionalInt.of(1), little.choose(room(10, 100)));
    assertEquals(9 * MIB, little.heldBytes(1));
    assertEquals(OptionalInt.of(1), new WorkerSizing(0, 0, 0, MIB).choose(room(10, 100)));
  }
}
