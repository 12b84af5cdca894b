package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final String CASES = "CASE WHEN a = 1 THEN 2 WHEN a = 3 THEN 4 ".repeat(5);

  @Test
  void shouldLeaveShortTextsAlone() {
    assertEquals("amount > 0", Excerpt.of("amount > 0", "amount > 1"));
    assertEquals("amount > 0", Excerpt.of("amount > 0"));
  }

  @Test
  void shouldShowWhereLongTextsDiffer() {
    String web = CASES + "WHEN channel = 'web' THEN 1 END " + CASES;
    String pos = CASES + "WHEN channel = 'pos' THEN 1 END " + CASES;
    assertEquals("… THEN 4 WHEN channel = 'web' THEN 1 END CASE WHEN a…", Excerpt.of(web, pos));
    assertEquals("… THEN 4 WHEN channel = 'pos' THEN 1 END CASE WHEN a…", Excerpt.of(pos, web));
  }

  @Test
  void shouldShowWhatWasPutBehindALongText() {
    assertEquals("…HEN 2 WHEN a = 3 THEN 4 + 1", Excerpt.of(CASES + "+ 1", CASES));
    assertEquals("…HEN 2 WHEN a = 3 THEN 4 ", Excerpt.of(CASES, CASES + "+ 1"));
  }

  @Test
  void shouldCutADifferenceThatIsLongItself() {
    String excerpt = Excerpt.of(CASES, "x");
    assertEquals(80, excerpt.length());
    assertTrue(excerpt.endsWith("…"), excerpt);
  }
}
