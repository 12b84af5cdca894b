package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.JobLoad.TaskLoad;
import io.millrace.plan.JobResources.Tasks;
import io.millrace.plan.Wishes.Wish;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceSizingTest {
  private static final long MIB = 1 << 20;
  private static final TaskLoad ONE_REDUCE = new TaskLoad(1, 0, 0, 0);

  private static JobResources size(TaskLoad maps, TaskLoad reduces, Wishes wishes, long largest) {
    JobLoad load = new JobLoad("job", maps, Optional.ofNullable(reduces), Optional.empty());
    OptionalLong limit = largest == 0 ? OptionalLong.empty() : OptionalLong.of(largest);
    return new ResourceSizing(wishes, limit).of(load);
  }

  private static TaskLoad load(long shuffledMib, long heldMib, long nativeMib) {
    return new TaskLoad(3, shuffledMib * MIB, heldMib * MIB, nativeMib * MIB);
  }

  private static String shown(Tasks tasks) {
    return "%d of %d, heap %d, buffer %d"
        .formatted(tasks.count(), tasks.memory().value(), tasks.heapMib(), tasks.bufferMib());
  }

  private static Wishes wish(Resource resource, long value, Origin origin) {
    Map<Resource, Wish> wishes = new EnumMap<>(Resource.class);
    wishes.put(resource, new Wish(value, origin));
    return new Wishes(wishes);
  }

  /**
   * By hand: the heap needs 256 + held + sort buffer (shuffled / 0.9, from 16 to 400); the
   * container is that and native memory, and 256 or a quarter of the sum beside, in steps of 256,
   * from 1024; the heap then is the container without native memory and without 256 or a fifth.
   */
  @ParameterizedTest
  @CsvSource({
    "  0,    0,    0, 1024,  768,  16",
    "100,    0,    0, 1024,  768, 112", // 100 / 0.9 = 111.1
    "192,    0,    0, 1024,  768, 214",
    "900,    0,    0, 1024,  768, 400", // 656 + 256 = 912
    "900,  150,    0, 1280, 1024, 400", // 806 + 256 = 1062
    "  0, 3000,    0, 4096, 3276,  16", // 3272 * 5 / 4 = 4090; 4096 - 820
    "  0,    0, 1000, 1792,  433,  16" // 1272 * 5 / 4 = 1590; 1792 - 359 - 1000
  })
  void shouldGiveMapsWhatTheyHoldAndASortBuffer(
      long shuffled, long held, long nativeMib, long container, long heap, long sort) {
    Tasks maps = size(load(shuffled, held, nativeMib), ONE_REDUCE, Wishes.none(), 0).maps();
    assertEquals("3 of %d, heap %d, buffer %d".formatted(container, heap, sort), shown(maps));
    assertEquals(Origin.COMPUTED, maps.memory().origin());
  }

  @Test
  void shouldGiveATableRoomWhereThereIsSome() {
    TaskLoad table = new TaskLoad(3, 900 * MIB, 300 * MIB, 0, 0);
    // 256 + 300 + 400 = 956; * 5 / 4 = 1195, + 256 = 1212
    assertEquals(
        "3 of 1280, heap 1024, buffer 400",
        shown(size(table, ONE_REDUCE, Wishes.none(), 0).maps()));
    // 512 - 256; no room beside the table, so 0.4 of the heap
    assertEquals(
        "3 of 512, heap 256, buffer 102",
        shown(size(table, ONE_REDUCE, wish(Resource.MAP_MEMORY, 512, Origin.SITE), 0).maps()));
  }

  @Test
  void shouldGiveNoSortBufferToMapsAlone() {
    assertEquals(
        "3 of 1024, heap 500, buffer 0",
        shown(size(load(0, 4, 268), null, Wishes.none(), 0).maps()));
  }

  /**
   * By hand: the buffer should hold all that is shuffled, at most 1024, before a reduce merges at
   * 0.66 of it, with a quarter more for the output that makes it overflow. It is at most 0.7 of the
   * heap.
   */
  @ParameterizedTest
  @CsvSource({
    "    0,   0, 1024,  768,  409", // (768 - 256) / 1.25
    "  187,   0, 1024,  768,  409", // 187 / 0.66 * 1.25 = 354.2; 611 + 256 = 867
    "  480,   0, 1536, 1228,  777", // 909.1; 1166 * 5 / 4 = 1457.5; 1536 - 308; 972 / 1.25
    " 9999,   0, 2816, 2252, 1576", // 1939.4; 2196 * 5 / 4 = 2745; 2816 - 564; 0.7 * 2252
    "    0, 600, 1280, 1024,  327" // 856 + 256 = 1112; 1280 - 256; 0.4 * 1024 / 1.25
  })
  void shouldGiveReducesRoomForWhatIsShuffled(
      long shuffled, long held, long container, long heap, long buffer) {
    Tasks reduces =
        size(ONE_REDUCE, load(shuffled, held, 0), Wishes.none(), 0).reduces().orElseThrow();
    assertEquals("3 of %d, heap %d, buffer %d".formatted(container, heap, buffer), shown(reduces));
  }

  @ParameterizedTest
  @CsvSource({
    "COMMAND_LINE,  384, 384, COMMAND_LINE, 128", // even where it may be too little
    "SPEC,          512, 512, SPEC,         256",
    "SPEC,         4096, 4096, SPEC,       3276",
    "SITE,         2048, 2048, SITE,       1638",
    "SITE,          512, 1024, COMPUTED,    768" // 356 + 256 = 612 is needed
  })
  void shouldTakeTheMemoryThatSomebodyWants(
      Origin who, long wanted, long memory, Origin origin, long heap) {
    Tasks maps = size(load(0, 100, 0), null, wish(Resource.MAP_MEMORY, wanted, who), 0).maps();
    assertEquals(new Wish(memory, origin), maps.memory());
    assertEquals(heap, maps.heapMib());
  }

  @Test
  void shouldFitTheSortBufferToASmallHeap() {
    Wishes small = wish(Resource.MAP_MEMORY, 512, Origin.SPEC);
    // 0.4 * 256
    assertEquals(
        "3 of 512, heap 256, buffer 102",
        shown(size(load(900, 0, 0), ONE_REDUCE, small, 0).maps()));
  }

  @Test
  void shouldFitTheContainerToTheHeapOfTheCommandLine() {
    Wishes heap = wish(Resource.MAP_HEAP, 4000, Origin.COMMAND_LINE);
    // 4000 * 5 / 4 = 5000
    assertEquals(
        "3 of 5120, heap 4000, buffer 0", shown(size(load(0, 0, 0), null, heap, 0).maps()));
    Wishes sort = wish(Resource.SORT_BUFFER, 1000, Origin.COMMAND_LINE);
    // 1256 * 5 / 4 = 1570
    assertEquals(
        "3 of 1792, heap 1433, buffer 1000",
        shown(size(load(0, 0, 0), ONE_REDUCE, sort, 0).maps()));
  }

  @ParameterizedTest
  @CsvSource({
    "8192, 2816, 2252, 1576",
    "2000, 2000, 1600, 1075", // (1600 - 256) / 1.25
    " 600,  600,  344,  109", // what is held needs 512; 137 (0.4 * 344) / 1.25
    " 500,  512,  256,   81" // more than the cluster has: its runner will say so
  })
  void shouldLetBuffersShrinkToTheLargestContainer(
      long largest, long container, long heap, long buffer) {
    Tasks reduces =
        size(ONE_REDUCE, load(9999, 0, 0), Wishes.none(), largest).reduces().orElseThrow();
    assertEquals("3 of %d, heap %d, buffer %d".formatted(container, heap, buffer), shown(reduces));
  }

  @Test
  void shouldStartReducesLateWhereManyMapsRun() {
    TaskLoad twenty = new TaskLoad(20, 0, 0, 0);
    TaskLoad more = new TaskLoad(21, 0, 0, 0);
    assertEquals(OptionalDouble.empty(), size(twenty, ONE_REDUCE, Wishes.none(), 0).slowStart());
    assertEquals(OptionalDouble.of(0.8), size(more, ONE_REDUCE, Wishes.none(), 0).slowStart());
    assertEquals(OptionalDouble.empty(), size(more, null, Wishes.none(), 0).slowStart());
  }
}
