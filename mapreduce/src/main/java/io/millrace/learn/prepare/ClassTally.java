package io.millrace.learn.prepare;

import java.util.Collection;
import java.util.Comparator;

/**
 * Rows of a class, and of all others, for each value of an input.
 *
 * @param inside rows of the class
 * @param outside rows of the others
 */
record ClassTally(long inside, long outside) {
  static final ClassTally NOTHING = new ClassTally(0, 0);

  ClassTally plus(ClassTally other) {
    return new ClassTally(inside + other.inside, outside + other.outside);
  }

  long rows() {
    return inside + outside;
  }

  /** By the share of the class, ascending, compared exactly; no row: no order. */
  static Comparator<ClassTally> byShare() {
    return (one, other) ->
        Long.compare(
            Math.multiplyExact(one.inside, other.rows()),
            Math.multiplyExact(other.inside, one.rows()));
  }

  /**
   * The probability that a row of the class has the greater value than one of the others, plus half
   * that of the same value (Mann and Whitney, 1947). NaN where one side has no rows.
   *
   * @param ascending by the value
   */
  static double auc(Collection<ClassTally> ascending) {
    double wins = 0;
    long below = 0;
    long inside = 0;
    for (ClassTally tally : ascending) {
      wins += tally.inside * (below + tally.outside / 2.0);
      below += tally.outside;
      inside += tally.inside;
    }
    return wins / ((double) inside * below);
  }
}
