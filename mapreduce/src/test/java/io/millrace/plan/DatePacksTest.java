package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.plan.DatePacks.Pack;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DatePacksTest {
  @Test
  void shouldPutSmallDatesTogetherAndGiveLargeOnesSeveralTasks() {
    DatePacks packs = DatePacks.of(List.of(40L, 60L, 1L, 0L, 250L, 99L, 1L, 1L), 100);
    assertEquals(
        List.of(
            new Pack(0, 1),
            new Pack(0, 1),
            new Pack(1, 1),
            new Pack(1, 1),
            // 250 are three tasks' load: the next power of two
            new Pack(2, 4),
            new Pack(6, 1),
            new Pack(6, 1),
            new Pack(7, 1)),
        packs.packs());
    assertEquals(8, packs.tasks());
  }

  @Test
  void shouldGiveOneDateAsManyTasksAsItHasLoads() {
    assertEquals(new DatePacks(List.of(new Pack(0, 1)), 1), DatePacks.of(List.of(0L), 64));
    assertEquals(new DatePacks(List.of(new Pack(0, 1)), 1), DatePacks.of(List.of(64L), 64));
    assertEquals(new DatePacks(List.of(new Pack(0, 2)), 2), DatePacks.of(List.of(65L), 64));
    assertEquals(
        new DatePacks(List.of(new Pack(0, 4096)), 4096), DatePacks.of(List.of(1L << 40), 64));
  }

  @Property(tries = 200)
  void shouldGiveEachTaskWorkAndNoneTooMuch(
      @ForAll @Size(min = 1, max = 400) List<@LongRange(max = 2000) Long> sizes,
      @ForAll @LongRange(min = 1, max = 300) long taskSize) {
    DatePacks packs = DatePacks.of(sizes, taskSize);
    double[] load = new double[packs.tasks()];
    int last = -1;
    for (int date = 0; date < sizes.size(); date++) {
      Pack pack = packs.packs().get(date);
      assertTrue(pack.firstTask() == last || pack.firstTask() == last + 1, packs::toString);
      last = pack.firstTask() + pack.buckets() - 1;
      for (int task = pack.firstTask(); task <= last; task++) {
        load[task] += (double) sizes.get(date) / pack.buckets();
      }
    }
    assertEquals(packs.tasks() - 1, last);
    double most =
        Math.max((double) taskSize, Math.ceil(sizes.stream().mapToLong(x -> x).sum() / 4096.0));
    for (double each : load) {
      assertTrue(each <= most, packs::toString);
    }
  }
}
