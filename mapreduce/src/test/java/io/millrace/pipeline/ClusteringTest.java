package io.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusteringTest {
  private static final String GROUPS =
      """
      features:
        big:
          entity: [card, big]
          windows: [1d]
          aggregates: {n: COUNT(*)}
      """;

  @ParameterizedTest(name = "duplicates by {0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "by: txn, keep: latest                | -",
        "by: [txn, card], keep: latest        | card",
        "by: card, keep: earliest             | card",
        "by: [card, txn, big], keep: latest   | big",
        "by: [big, txn], keep: latest         | -"
      })
  void shouldBeOfTheFirstGroupWhoseEntityTheKeyNames(String duplicates, String group) {
    assertEquals(group, clustering(of("deduplicate: {" + duplicates + "}")));
  }

  @ParameterizedTest
  @CsvSource({"deduplicate: exact", "deduplicate: none"})
  void shouldBeOfTheFirstGroupWhereAllOfARecordIsTheKey(String duplicates) {
    assertEquals("big", clustering(of(duplicates)));
    assertEquals("card", clustering(SpecText.CARDS.with(DUPLICATES, duplicates)));
  }

  private static final String DUPLICATES = "deduplicate: {by: txn, keep: latest}";

  /** With two groups: `big`, whose entity has two columns, and `card`. */
  private static SpecText of(String duplicates) {
    return SpecText.CARDS
        .with(DUPLICATES, duplicates)
        .with("features:\n", GROUPS)
        .with("rows: entities", "rows: entities\n  group: card");
  }

  private static String clustering(SpecText spec) {
    return spec.bind().clustering().map(FeatureGroup::name).orElse(null);
  }
}
