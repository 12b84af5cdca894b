package io.millrace.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what someone may have meant. */
public final class Spelling {
  private Spelling() {}

  /** The candidate with the fewest edits, where these are few; case counts for nothing. */
  public static Optional<String> nearest(String found, Collection<String> candidates) {
    int limit = Math.max(1, found.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(found, candidate) <= limit)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(found, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
