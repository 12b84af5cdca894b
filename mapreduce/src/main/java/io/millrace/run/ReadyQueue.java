package io.millrace.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which steps of a graph may be taken next: those whose needs are all done, the first in order
 * first. Steps are numbers from 0. Not thread-safe.
 */
final class ReadyQueue {
  private final List<List<Integer>> readers = new ArrayList<>();
  private final int[] openNeeds;
  private final boolean[] isOver;
  private final SortedSet<Integer> ready = new TreeSet<>();
  private int open;
  private int underWay;

  /**
   * A queue of all steps.
   *
   * @param needs of each step those that have to be done before it, all of which come earlier
   */
  ReadyQueue(List<? extends Collection<Integer>> needs) {
    int size = needs.size();
    openNeeds = new int[size];
    isOver = new boolean[size];
    open = size;
    for (int step = 0; step < size; step++) {
      readers.add(new ArrayList<>());
      openNeeds[step] = needs.get(step).size();
      for (int need : needs.get(step)) {
        if (need < 0 || need >= step) {
          throw new IllegalArgumentException(
              "Cannot order step %d: it needs step %d, which does not come before it"
                  .formatted(step, need));
        }
        readers.get(need).add(step);
      }
      if (openNeeds[step] == 0) {
        ready.add(step);
      }
    }
  }

  /** Takes the first step that may be taken, or nothing while all wait for others. */
  Optional<Integer> next() {
    if (ready.isEmpty()) {
      return Optional.empty();
    }
    int first = ready.first();
    ready.remove(first);
    underWay++;
    return Optional.of(first);
  }

  /**
   * Whether the step that was taken last is the only one that can be worked on until it has ended:
   * all others wait for it, or for those that do.
   */
  boolean isAlone() {
    return underWay == 1 && ready.isEmpty();
  }

  /** Says that a step which was taken is done. */
  void done(int step) {
    end(step);
    underWay--;
    for (int reader : readers.get(step)) {
      openNeeds[reader]--;
      if (openNeeds[reader] == 0 && !isOver[reader]) {
        ready.add(reader);
      }
    }
  }

  /**
   * Says that a step which was taken has failed.
   *
   * @return those that will never be taken because of it, in order; each is returned once
   */
  List<Integer> failed(int step) {
    end(step);
    underWay--;
    SortedSet<Integer> lost = new TreeSet<>();
    Deque<Integer> next = new ArrayDeque<>(readers.get(step));
    while (!next.isEmpty()) {
      int reader = next.pop();
      if (!isOver[reader]) {
        end(reader);
        lost.add(reader);
        next.addAll(readers.get(reader));
      }
    }
    return List.copyOf(lost);
  }

  /** Takes back all that was not taken yet, in order; then nothing more comes. */
  List<Integer> close() {
    List<Integer> left = new ArrayList<>();
    for (int step = 0; step < isOver.length; step++) {
      boolean isTaken = openNeeds[step] == 0 && !ready.contains(step);
      if (!isOver[step] && !isTaken) {
        end(step);
        left.add(step);
      }
    }
    ready.clear();
    return left;
  }

  /** Whether every step was done, has failed, or will never be taken. */
  boolean isOver() {
    return open == 0;
  }

  private void end(int step) {
    if (isOver[step]) {
      throw new IllegalStateException("Cannot end step %d again".formatted(step));
    }
    isOver[step] = true;
    open--;
  }
}
