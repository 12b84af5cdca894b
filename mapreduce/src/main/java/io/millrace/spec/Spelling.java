package io.millrace.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a person may have meant. */
public final class Spelling {
  private Spelling() {}

  /** The candidate of the fewest slips (Levenshtein), at most one for every three letters. */
  public static Optional<String> nearest(String found, Collection<String> candidates) {
    int allowed = Math.max(1, found.length() / 3);
    Optional<String> nearest = Optional.empty();
    for (String candidate : candidates) {
      int slips = slips(found.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (slips <= allowed) {
        nearest = Optional.of(candidate);
        allowed = slips - 1;
      }
    }
    return nearest;
  }

  private static int slips(String from, String to) {
    int[][] slips = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          slips[i][j] = i + j;
        } else {
          int wrong = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
          slips[i][j] =
              Math.min(slips[i - 1][j - 1] + wrong, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        }
      }
    }
    return slips[from.length()][to.length()];
  }
}
