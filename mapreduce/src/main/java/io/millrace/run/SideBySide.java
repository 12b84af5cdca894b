package io.millrace.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of a queue, at most so many at once: on the thread of the caller and on others
 * that end before it returns. Use once.
 */
final class SideBySide {
  private final ReadyQueue queue;
  private final Work work;
  private final Object lock = new Object();
  private final List<Thread> others = new ArrayList<>();
  private boolean stopped;
  private boolean wasTold;
  private @Nullable Throwable unexpected;

  /** What is done for the steps, on any of the threads. */
  interface Work {
    /**
     * Takes a step.
     *
     * @param alone whether no other is taken before this one has ended
     * @return whether those that need it may be taken; a step that fails does not throw
     * @throws InterruptedException where it was told to stop: then no more steps are taken
     */
    boolean take(int step, boolean alone) throws InterruptedException;

    /** Steps will not be taken because one has failed; others are not told of meanwhile. */
    void lost(int failed, List<Integer> steps);
  }

  SideBySide(ReadyQueue queue, Work work) {
    this.queue = queue;
    this.work = work;
  }

  /**
   * Takes all steps.
   *
   * @throws InterruptedException where the caller was interrupted, or a step was told to stop: the
   *     steps that were under way have ended, by an interrupt where it was the caller
   */
  void run(int most) throws InterruptedException {
    if (most < 1) {
      throw new IllegalArgumentException("Cannot work on %d steps at once".formatted(most));
    }
    for (int i = 1; i < most; i++) {
      Thread other = new Thread(this::workUnattended, "millrace-stages-" + i);
      other.setDaemon(true);
      others.add(other);
    }
    others.forEach(Thread::start);
    boolean interrupted = false;
    try {
      work();
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      interrupted |= join(interrupted);
    }
    if (unexpected instanceof Error error) {
      throw error;
    }
    if (unexpected instanceof RuntimeException exception) {
      throw exception;
    }
    if (interrupted || wasTold) {
      throw new InterruptedException();
    }
  }

  /** Takes no more steps; those that are under way go on. */
  void stop() {
    synchronized (lock) {
      stopped = true;
      lock.notifyAll();
    }
  }

  private void workUnattended() {
    try {
      work();
    } catch (InterruptedException e) {
      synchronized (lock) {
        wasTold = true;
      }
    } catch (RuntimeException | Error e) {
      synchronized (lock) {
        unexpected = unexpected == null ? e : unexpected;
      }
    }
  }

  private void work() throws InterruptedException {
    boolean ended = false;
    try {
      for (Optional<Taken> next = next(); next.isPresent(); next = next()) {
        int step = next.get().step();
        boolean done = work.take(step, next.get().alone());
        synchronized (lock) {
          if (done) {
            queue.done(step);
          } else {
            work.lost(step, queue.failed(step));
          }
          lock.notifyAll();
        }
      }
      ended = true;
    } finally {
      if (!ended) {
        stop();
      }
    }
  }

  private record Taken(int step, boolean alone) {}

  private Optional<Taken> next() throws InterruptedException {
    synchronized (lock) {
      while (true) {
        if (stopped || queue.isOver()) {
          return Optional.empty();
        }
        Optional<Integer> step = queue.next();
        if (step.isPresent()) {
          return Optional.of(new Taken(step.get(), queue.isAlone()));
        }
        lock.wait();
      }
    }
  }

  /** Waits for the others, and passes interrupts on to them; returns whether there was one. */
  private boolean join(boolean interruptedBefore) {
    boolean interrupted = interruptedBefore;
    if (interrupted) {
      others.forEach(Thread::interrupt);
    }
    for (Thread other : others) {
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException e) {
          interrupted = true;
          others.forEach(Thread::interrupt);
        }
      }
    }
    return interrupted;
  }
}
