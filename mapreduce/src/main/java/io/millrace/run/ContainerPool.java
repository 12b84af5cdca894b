package io.millrace.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/**
 * Containers of a run, and which of them a job gets: an idle one, or a new one while there may be
 * more, or one that it shares; else it waits for a place. Thread-safe.
 */
final class ContainerPool implements JobExecution, AutoCloseable {
  private static final long MILLIS_TO_WAIT = 1000;

  private final Supplier<KeptContainer> starter;
  private final List<KeptContainer> containers = new ArrayList<>();
  private int most = 1;

  ContainerPool(Supplier<KeptContainer> starter) {
    this.starter = starter;
  }

  /** Says how many there may be at once. */
  synchronized void allow(int containersAtOnce) {
    most = Math.max(1, containersAtOnce);
  }

  /** Whether there is one, or will be. */
  synchronized boolean isAny() {
    containers.removeIf(KeptContainer::isLeaving);
    return !containers.isEmpty();
  }

  /** Begins to start one where there is none. */
  synchronized void startFirst() {
    if (!isAny()) {
      containers.add(starter.get());
    }
  }

  @Override
  public Counters run(Job job, long inputBytes, JobRunner.Progress progress, Runnable isWanted)
      throws IOException, InterruptedException {
    KeptContainer container = take(isWanted);
    try {
      return container.run(job, inputBytes, progress, isWanted);
    } finally {
      give(container);
    }
  }

  /** A container with a place for the caller. */
  synchronized KeptContainer take(Runnable isWanted) throws InterruptedException {
    while (true) {
      containers.removeIf(KeptContainer::isLeaving);
      if (containers.size() < most && containers.stream().allMatch(each -> each.taken() > 0)) {
        containers.add(starter.get());
      }
      Optional<KeptContainer> emptiest =
          containers.stream().min(Comparator.comparing(KeptContainer::taken));
      if (emptiest.filter(KeptContainer::take).isPresent()) {
        return emptiest.get();
      }
      isWanted.run();
      wait(MILLIS_TO_WAIT);
    }
  }

  synchronized void give(KeptContainer container) {
    container.give();
    notifyAll();
  }

  @Override
  public synchronized void close() {
    containers.forEach(KeptContainer::close);
  }
}
