package io.millrace.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KEYS =
      List.of("pipeline", "source", "features", "score", "by", "keep");

  @ParameterizedTest
  @CsvSource({
    "feature, features",
    "featuers, features",
    "FEATURES, features",
    "piplin, pipeline",
    "soruce, source",
    "scoer, score",
    "yb, by",
    "kep, keep",
  })
  void shouldForgiveSlips(String found, String meant) {
    assertEquals(Optional.of(meant), Spelling.nearest(found, KEYS));
  }

  @ParameterizedTest
  @CsvSource({"owner", "x", "kxxp", "''", "pipe"})
  void shouldNotGuess(String found) {
    assertEquals(Optional.empty(), Spelling.nearest(found, KEYS));
  }

  @Test
  void shouldTakeTheNearest() {
    assertEquals(
        Optional.of("amount_7d"), Spelling.nearest("amuont_7d", List.of("amount_1d", "amount_7d")));
  }

  @Test
  void shouldTakeTheFirstOfEquals() {
    assertEquals(Optional.of("bat"), Spelling.nearest("cat", List.of("bat", "rat")));
  }

  @Test
  void shouldSuggest() {
    assertEquals("; did you mean `keep`?", Spelling.suggestion("kepe", KEYS));
    assertEquals("", Spelling.suggestion("owner", KEYS));
  }
}
