package io.millrace.spec;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with one file, so that its author sees all of it at once. */
public final class Problems {
  private static final Comparator<Problem> BY_POSITION =
      Comparator.comparingInt((Problem problem) -> problem.at().line())
          .thenComparingInt(problem -> problem.at().column());

  private final Set<Problem> found = new LinkedHashSet<>();

  public void add(Location at, String message) {
    add(new Problem(at, message));
  }

  void add(Problem problem) {
    found.add(problem);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Problem> inOrderOfFile() {
    return found.stream().sorted(BY_POSITION).toList();
  }

  /**
   * Fails with all of them.
   *
   * @throws SpecException if there are any
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new SpecException(inOrderOfFile());
    }
  }
}
