package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleSharesTest {
  @Test
  void shouldNameTheMostFrequentFirst() {
    TreeMap<String, Long> rules =
        new TreeMap<>(Map.of("csv.quote", 2L, "positive", 12_345L, "a", 2L, "z", 1L));
    assertEquals("positive 12,345, a 2, and 2 more rules", RuleShares.text(rules, 2));
    assertEquals("positive 12,345, a 2, csv.quote 2, and 1 more rule", RuleShares.text(rules, 3));
    assertEquals("positive 12,345, a 2, csv.quote 2, z 1", RuleShares.text(rules, 4));
  }
}
