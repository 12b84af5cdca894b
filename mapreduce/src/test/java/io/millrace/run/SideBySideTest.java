package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  /** A graph, and which of its steps fail when they are taken. */
  record Graph(List<Set<Integer>> needs, Set<Integer> failing) {}

  /** Notes what happens, and that nothing happens that must not. */
  private static final class Watch implements SideBySide.Work {
    private final Graph graph;
    private final Set<Integer> done = new TreeSet<>();
    private final Set<Integer> failed = new TreeSet<>();
    private final List<Integer> lost = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final Set<Integer> running = new TreeSet<>();
    private final Set<Integer> alone = new TreeSet<>();
    private int most;

    Watch(Graph graph) {
      this.graph = graph;
    }

    @Override
    public boolean take(int step, boolean isAlone) throws InterruptedException {
      synchronized (this) {
        order.add(step);
        running.add(step);
        most = Math.max(most, running.size());
        if (isAlone) {
          alone.add(step);
        }
        if (running.size() > 1 && running.stream().anyMatch(alone::contains)) {
          wrong.add(running + " are taken at once, and one was told that it is alone");
        }
        if (!done.containsAll(graph.needs().get(step))) {
          wrong.add(step + " was taken before what it needs");
        }
        if (done.contains(step) || failed.contains(step) || lost.contains(step)) {
          wrong.add(step + " was taken twice");
        }
      }
      Thread.sleep(0, 1);
      synchronized (this) {
        running.remove(step);
        boolean fails = graph.failing().contains(step);
        (fails ? failed : done).add(step);
        return !fails;
      }
    }

    @Override
    public synchronized void lost(int because, List<Integer> steps) {
      if (!failed.contains(because)) {
        wrong.add(because + " has not failed");
      }
      lost.addAll(steps);
    }
  }

  @Provide
  static Arbitrary<Graph> graphs() {
    return Arbitraries.integers()
        .between(0, 25)
        .flatMap(
            size ->
                Arbitraries.longs()
                    .list()
                    .ofSize(size)
                    .flatMap(
                        bits ->
                            Arbitraries.integers()
                                .between(0, Math.max(0, size - 1))
                                .set()
                                .ofMaxSize(3)
                                .map(failing -> new Graph(needs(bits), failing))));
  }

  /** Of each step some of those before it: few, or all would run one after the other. */
  private static List<Set<Integer>> needs(List<Long> bits) {
    List<Set<Integer>> needs = new ArrayList<>();
    for (int step = 0; step < bits.size(); step++) {
      BitSet chosen = BitSet.valueOf(new long[] {bits.get(step) & (bits.get(step) >>> 17)});
      int before = step;
      needs.add(
          new TreeSet<>(chosen.stream().filter(need -> need < before).limit(3).boxed().toList()));
    }
    return needs;
  }

  /** What cannot run: worked out over and over until nothing is added. */
  private static SortedSet<Integer> hanging(Graph graph) {
    SortedSet<Integer> hanging = new TreeSet<>();
    int before = -1;
    while (hanging.size() > before) {
      before = hanging.size();
      for (int step = 0; step < graph.needs().size(); step++) {
        for (int need : graph.needs().get(step)) {
          if (graph.failing().contains(need) || hanging.contains(need)) {
            hanging.add(step);
          }
        }
      }
    }
    return hanging;
  }

  @Property(tries = 200)
  void shouldTakeEachStepAfterItsNeedsAndAllThatDoNotHangOnAFailure(
      @ForAll("graphs") Graph graph, @ForAll @IntRange(min = 1, max = 6) int most)
      throws InterruptedException {
    Watch watch = new Watch(graph);
    new SideBySide(new ReadyQueue(graph.needs()), watch).run(most);
    assertEquals(List.of(), watch.wrong);
    assertTrue(watch.most <= most, () -> watch.most + " at once");
    SortedSet<Integer> hanging = hanging(graph);
    SortedSet<Integer> others = new TreeSet<>();
    for (int step = 0; step < graph.needs().size(); step++) {
      others.add(step);
    }
    others.removeAll(hanging);
    SortedSet<Integer> taken = new TreeSet<>(watch.done);
    taken.addAll(watch.failed);
    assertEquals(others, taken);
    assertEquals(hanging, new TreeSet<>(watch.lost));
    assertEquals(hanging.size(), watch.lost.size());
  }

  @Property(tries = 100)
  void shouldGoInOrderWhereItTakesOneAtATime(@ForAll("graphs") Graph graph)
      throws InterruptedException {
    Watch watch = new Watch(new Graph(graph.needs(), Set.of()));
    new SideBySide(new ReadyQueue(graph.needs()), watch).run(1);
    assertEquals(watch.order.stream().sorted().toList(), watch.order);
  }

  @Test
  void shouldTellStepsThatAllOthersWaitForThatTheyAreAlone() throws InterruptedException {
    // 0 before all; 1 beside 2 and 3; 4 after all; 5 after 4
    List<Set<Integer>> needs =
        List.of(Set.of(), Set.of(0), Set.of(0), Set.of(2), Set.of(1, 3), Set.of(4));
    Watch watch = new Watch(new Graph(needs, Set.of()));
    new SideBySide(new ReadyQueue(needs), watch).run(2);
    assertEquals(List.of(), watch.wrong);
    assertTrue(watch.alone.containsAll(Set.of(0, 4, 5)), () -> watch.alone + " were alone");
    assertFalse(watch.alone.contains(1), () -> watch.alone + " were alone");
  }

  /** Steps that wait for each other show that they run at once. */
  @Test
  void shouldTakeSeveralAtOnce() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(3);
    List<Integer> together = new ArrayList<>();
    run(
        List.of(Set.of(), Set.of(), Set.of()),
        3,
        step -> {
          all.countDown();
          if (all.await(20, TimeUnit.SECONDS)) {
            synchronized (together) {
              together.add(step);
            }
          }
        });
    assertEquals(3, together.size());
  }

  private interface Step {
    void take(int step) throws InterruptedException;
  }

  private static void run(List<? extends Collection<Integer>> needs, int most, Step step)
      throws InterruptedException {
    new SideBySide(
            new ReadyQueue(needs),
            new SideBySide.Work() {
              @Override
              public boolean take(int number, boolean alone) throws InterruptedException {
                step.take(number);
                return true;
              }

              @Override
              public void lost(int failed, List<Integer> steps) {
                throw new AssertionError("nothing fails");
              }
            })
        .run(most);
  }

  @Test
  void shouldInterruptAllWhereTheCallerIsInterrupted() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<String> ends = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                run(
                    List.of(Set.of(), Set.of(), Set.of(), Set.of()),
                    2,
                    step -> {
                      taken.incrementAndGet();
                      running.countDown();
                      try {
                        Thread.sleep(60_000);
                      } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw e;
                      }
                    });
              } catch (InterruptedException e) {
                ends.add("interrupted");
              }
            });
    caller.start();
    assertTrue(running.await(20, TimeUnit.SECONDS));
    caller.interrupt();
    caller.join(20_000);
    assertFalse(caller.isAlive());
    assertEquals(List.of("interrupted"), ends);
    assertEquals(2, interrupted.get());
    assertEquals(2, taken.get());
  }

  @Test
  void shouldEndWhatRunsAndThrowWhatNobodyExpected() {
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                run(
                    List.of(Set.of(), Set.of()),
                    2,
                    step -> {
                      both.countDown();
                      assertTrue(both.await(20, TimeUnit.SECONDS));
                      if (step == 1) {
                        throw new AssertionError("a mistake");
                      }
                      ended.incrementAndGet();
                    }));
    assertEquals("a mistake", error.getMessage());
    assertEquals(1, ended.get());
  }

  @Test
  void shouldGiveBackWhatWasNotTaken() {
    ReadyQueue queue = new ReadyQueue(List.of(Set.of(), Set.of(0), Set.of(), Set.of(2)));
    assertEquals(0, queue.next().orElseThrow());
    assertEquals(2, queue.next().orElseThrow());
    assertTrue(queue.next().isEmpty());
    queue.done(2);
    assertEquals(List.of(1, 3), queue.close());
    queue.done(0);
    assertTrue(queue.isOver());
    assertTrue(queue.next().isEmpty());
  }

  @Test
  void shouldRefuseStepsThatNeedLaterOnes() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new ReadyQueue(List.of(Set.of(1), Set.of())));
    assertEquals(
        "Cannot order step 0: it needs step 1, which does not come before it", e.getMessage());
  }
}
