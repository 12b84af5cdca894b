package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers that wait in the queue of a cluster. */
@Timeout(30)
class ContainerPoolTest {
  private final CountDownLatch queue = new CountDownLatch(1);
  private final List<KeptContainer> started = new ArrayList<>();
  private final ContainerPool pool = new ContainerPool(this::start);

  private KeptContainer start() {
    KeptContainer container =
        KeptContainer.start(
            () -> {
              queue.await();
              throw new IOException("the queue was closed");
            },
            Duration.ofSeconds(5),
            Duration.ofMinutes(1));
    started.add(container);
    return container;
  }

  private KeptContainer take() throws InterruptedException {
    return pool.take(() -> {});
  }

  @AfterEach
  void closeQueue() {
    queue.countDown();
    pool.close();
  }

  @Test
  void shouldStartTheFirstOnce() {
    assertFalse(pool.isAny());
    pool.startFirst();
    pool.startFirst();
    assertTrue(pool.isAny());
    assertEquals(1, started.size());
  }

  @Test
  void shouldShareTheOneThatThereMayBe() throws Exception {
    KeptContainer first = take();
    assertSame(first, take());
    assertEquals(1, started.size());
  }

  @Test
  void shouldStartAnotherBeforeOneIsShared() throws Exception {
    pool.allow(2);
    KeptContainer first = take();
    KeptContainer second = take();
    assertNotSame(first, second);
    take();
    take();
    assertEquals(2, started.size());
    assertEquals(2, first.taken());
    assertEquals(2, second.taken());
  }

  @Test
  void shouldTakeAnIdleOneBeforeAnotherIsStarted() throws Exception {
    pool.allow(2);
    KeptContainer first = take();
    pool.give(first);
    assertSame(first, take());
    assertEquals(1, started.size());
  }

  @Test
  void shouldWaitForAPlace() throws Exception {
    KeptContainer first = take();
    take();
    CountDownLatch waiting = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<KeptContainer> third = thread.submit(() -> pool.take(waiting::countDown));
    waiting.await();
    assertFalse(third.isDone());
    pool.give(first);
    assertSame(first, third.get());
    thread.shutdown();
  }

  @Test
  void shouldNotWaitForWhatIsNotWantedAnyMore() throws Exception {
    take();
    take();
    Runnable unwanted =
        () -> {
          throw new IllegalStateException("taken over");
        };
    assertThrows(IllegalStateException.class, () -> pool.take(unwanted));
  }

  @Test
  void shouldReplaceOneThatLeaves() throws Exception {
    KeptContainer first = take();
    pool.give(first);
    queue.countDown();
    first.close();
    assertFalse(pool.isAny());
    assertNotSame(first, take());
  }
}
