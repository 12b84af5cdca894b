package io.millrace.run;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Quarantined records by rule, in words. */
public final class RuleShares {
  private RuleShares() {}

  /**
   * The most frequent rules with their counts, most frequent first: {@code known_currency 29,
   * column.type 2, and 3 more rules}.
   */
  public static String text(SortedMap<String, Long> byRule, int most) {
    List<Map.Entry<String, Long>> sorted =
        byRule.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .toList();
    String shown =
        sorted.stream()
            .limit(most)
            .map(rule -> String.format(Locale.ROOT, "%s %,d", rule.getKey(), rule.getValue()))
            .collect(Collectors.joining(", "));
    int more = sorted.size() - most;
    return more <= 0
        ? shown
        : "%s, and %s".formatted(shown, more == 1 ? "1 more rule" : more + " more rules");
  }
}
