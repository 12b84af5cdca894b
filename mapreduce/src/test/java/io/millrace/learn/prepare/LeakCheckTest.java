package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.learn.prepare.PreparePlan.ModelKind;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
  private static final List<Column> NUMBER = List.of(Examples.nullable("x", Kind.DOUBLE));
  private static final List<Column> TEXT = List.of(Examples.nullable("x", Kind.STRING));
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

  @Test
  void shouldTellTheAucOfANumberWithTies() {
    Examples examples = new Examples(NUMBER, false);
    // 20 times: 1 of (1, 2, 2) against 0 of (1, 2): wins 0.5 + 0, then (1 + 0.5) twice, of 6 pairs
    for (int i = 0; i < 20; i++) {
      examples.train(1.0, 1.0).train(1.0, 2.0).train(1.0, 2.0).train(0.0, 1.0).train(0.0, 2.0);
    }
    InputLink link = check(examples, true).links().get(0);
    assertEquals(3.5 / 6, link.auc(), 1e-12);
    assertEquals("1", link.aucClass());
    assertEquals(0.5, link.nullAuc());
  }

  @Test
  void shouldTurnAnAucRound() {
    Examples examples = new Examples(NUMBER, false);
    for (int i = 0; i < 50; i++) {
      examples.train(1.0, -1.0 - i).train(0.0, 1.0 + i);
    }
    LeakReport report = check(examples, true);
    assertEquals(1, report.links().get(0).auc());
    assertEquals(
        List.of(
            "x alone tells the label apart with an AUC of 1.000: is it known when the score is"
                + " made?"),
        report.warnings());
  }

  @Test
  void shouldTellTheAucOfManyNumbersToAThousandth() {
    Examples examples = new Examples(NUMBER, false);
    Random random = new Random(7);
    for (int i = 0; i < 30_000; i++) {
      examples.train((double) (i % 2), 100 + random.nextGaussian() * 20 + 10 * (i % 2));
    }
    // normal numbers half a standard deviation apart: Φ(0.5/√2) = 0.6382
    assertEquals(0.638, check(examples, true).links().get(0).auc(), 0.006);
  }

  @Test
  void shouldOrderTextsByTheirShareOfTheClass() {
    Examples examples = new Examples(TEXT, false);
    // a: 30 of 40, b: 10 of 40, rare ones: 5 of 10 in all
    for (int i = 0; i < 40; i++) {
      examples.train(i < 30 ? 1.0 : 0.0, "a").train(i < 10 ? 1.0 : 0.0, "b");
    }
    for (int i = 0; i < 10; i++) {
      examples.train(i < 5 ? 1.0 : 0.0, "rare " + i);
    }
    // ascending b (10, 30), rare (5, 5), a (30, 10); 45 · 45 pairs
    double wins = 10 * 15.0 + 5 * (30 + 2.5) + 30 * (35 + 5.0);
    assertEquals(wins / (45 * 45), check(examples, true).links().get(0).auc(), 1e-12);
  }

  @Test
  void shouldWarnOfNullsThatTellTheLabel() {
    Examples examples = new Examples(NUMBER, false);
    for (int i = 0; i < 100; i++) {
      examples.train(1.0, i < 80 ? (Object) (double) i : null);
      examples.train(0.0, i < 5 ? (Object) (double) (i + 40) : null);
    }
    LeakReport report = check(examples, true);
    assertEquals(0.875, report.links().get(0).nullAuc());
    assertEquals(
        List.of(
            "x is NULL in 20.0 % of the training rows with the label 1 and in 95.0 % of the others"
                + " (AUC 0.875): is it filled only once the label is known?"),
        report.warnings());
  }

  @Test
  void shouldNameTheClassThatIsToldBest() {
    Examples examples = new Examples(NUMBER, true);
    for (int i = 0; i < 30; i++) {
      examples.train("low", 1.0 + i % 2).train("high", 2.0 + i % 2).train("top", 90.0 + i);
    }
    LeakReport report = check(examples, true);
    assertEquals("top", report.links().get(0).aucClass());
    assertTrue(
        report.warnings().get(0).startsWith("x alone tells the label 'top' apart with an AUC of 1"),
        report.warnings()::toString);
  }

  @Test
  void shouldTellNothingOfAFewRows() {
    Examples examples = new Examples(NUMBER, false);
    for (int i = 0; i < 19; i++) {
      examples.train(1.0, 1.0).train(0.0, 0.0);
    }
    LeakReport report = check(examples, true);
    assertNull(report.links().get(0).auc());
    assertEquals(List.of(), report.warnings());
  }

  @Test
  void shouldTellTheCorrelationWithANumber() {
    Examples examples = new Examples(NUMBER, false);
    double[] x = {43, 21, 25, 42, 57, 59};
    double[] y = {99, 65, 79, 75, 87, 81};
    for (int i = 0; i < 24; i++) {
      examples.train(y[i % 6], x[i % 6]);
    }
    LeakReport report = check(examples, false);
    // the textbooks' example of age and glucose level
    assertEquals(0.5298, report.links().get(0).correlation(), 5e-5);
    assertEquals(List.of(), report.warnings());
  }

  @Test
  void shouldWarnOfANumberThatIsTheLabelInDisguise() {
    Examples examples = new Examples(NUMBER, false);
    for (int i = 0; i < 40; i++) {
      examples.train(1e6 - 2.0 * i, i < 20 ? (Object) (double) i : null);
    }
    assertEquals(
        List.of(
            "x has a correlation of -1.000 with the label: is it known when the score is made?",
            "the label is 999941 on average where x is NULL and 999981 where it is not (standard"
                + " deviation 23.0868): is it filled only once the label is known?"),
        check(examples, false).warnings());
  }

  @Test
  void shouldWarnOfWhatIsFilledOnOlderDatesOnly() {
    Examples examples = new Examples(NUMBER, false);
    for (int day = 0; day < 10; day++) {
      for (int i = 0; i < 50; i++) {
        boolean filled = day < 6 ? i < 20 : i == 0;
        add(examples, day, i, filled ? (Object) (double) (i % 3) : null);
      }
    }
    assertEquals(
        List.of(
            "x is filled in 40.0 % of the rows up to 2026-06-06, but in 2.0 % of those from"
                + " 2026-06-07 on: does it become known only after the score is made?"),
        check(examples, true).warnings());
  }

  @Test
  void shouldNotWarnOfWhatIsFilledOnNewerDatesOnly() {
    Examples examples = new Examples(NUMBER, false);
    for (int day = 0; day < 10; day++) {
      for (int i = 0; i < 50; i++) {
        add(examples, day, i, day > 5 ? (Object) (double) (i % 3) : null);
      }
    }
    assertEquals(List.of(), check(examples, true).warnings());
  }

  @Test
  void shouldWarnOfWhatVariesOnOlderDatesOnly() {
    Examples examples = new Examples(NUMBER, false);
    for (int day = 0; day < 10; day++) {
      for (int i = 0; i < 50; i++) {
        add(examples, day, i, day < 6 ? (double) (i % 3) : 0.0);
      }
    }
    assertEquals(
        List.of(
            "x has different values on each date up to 2026-06-06, but one value on all dates from"
                + " 2026-06-07 on: does it become known only after the score is made?"),
        check(examples, true).warnings());
  }

  private static void add(Examples examples, int day, int i, @Nullable Object x) {
    examples.add(x, JUNE.plusDays(day), day < 5 ? "train" : "test", (double) (i / 3 % 2));
  }

  private static LeakReport check(Examples examples, boolean byClass) {
    List<Column> inputs = List.of(examples.type().column("x"));
    return LeakCheck.check(
        examples.statistics(PreparePlan.of(inputs, ModelKind.TREES, Map.of()), byClass));
  }
}
