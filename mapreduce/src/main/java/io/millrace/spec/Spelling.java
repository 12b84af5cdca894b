package io.millrace.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person may have meant. */
public final class Spelling {
  private Spelling() {}

  /**
   * The candidate that takes the fewest slips to reach: a letter missing, added, wrong, or swapped
   * with its neighbour (Damerau 1964). One slip is allowed for every three letters found, and one
   * at least; the case of letters does not count. Of equally near ones, the first.
   */
  public static Optional<String> nearest(String found, Collection<String> candidates) {
    int allowed = Math.max(1, found.length() / 3);
    String lowerFound = found.toLowerCase(Locale.ROOT);
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      int slips = slips(lowerFound, candidate.toLowerCase(Locale.ROOT));
      if (slips <= allowed && slips < Math.max(found.length(), 1)) {
        nearest = Optional.of(candidate);
        allowed = slips - 1;
      }
    }
    return nearest;
  }

  /** {@code "; did you mean `name`?"}, or nothing where no candidate is near. */
  public static String suggestion(String found, Collection<String> candidates) {
    return nearest(found, candidates).map(name -> "; did you mean `" + name + "`?").orElse("");
  }

  private static int slips(String from, String to) {
    int[][] slips = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        slips[i][j] = i == 0 ? j : j == 0 ? i : cheapest(slips, from, i, to, j);
      }
    }
    return slips[from.length()][to.length()];
  }

  private static int cheapest(int[][] slips, String from, int i, String to, int j) {
    int wrong = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int cheapest = Math.min(slips[i - 1][j], slips[i][j - 1]) + 1;
    cheapest = Math.min(cheapest, slips[i - 1][j - 1] + wrong);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(cheapest, slips[i - 2][j - 2] + 1) : cheapest;
  }
}
