package io.millrace.learn.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.learn.prepare.PreparePlan.ModelKind;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableStatisticsTest {
  private static final List<Column> INPUTS =
      List.of(
          Examples.nullable("amount", Kind.DOUBLE),
          Examples.nullable("visits", Kind.INT),
          Examples.nullable("channel", Kind.STRING),
          Examples.nullable("member", Kind.BOOLEAN));

  private static final PreparePlan PLAN =
      PreparePlan.of(
          INPUTS,
          ModelKind.LINEAR,
          Map.of(
              "amount",
              new InputPlan.Numbers(
                  new InputPlan.Imputation.Mean(),
                  true,
                  Optional.empty(),
                  true,
                  new InputPlan.Form.Standardised())));

  @Property(tries = 30)
  void shouldNotDependOnOrderOrGrouping(
      @ForAll Random random, @ForAll boolean fewValues, @ForAll boolean byClass) {
    int classes = random.nextBoolean() ? 3 : 60;
    Examples examples = new Examples(INPUTS, byClass);
    int rows = random.nextInt(300);
    for (int i = 0; i < rows; i++) {
      examples.add(random(random, fewValues, byClass, classes));
    }
    StatisticsPlan plan = StatisticsPlan.of(examples.type(), PLAN, Examples.COLUMNS, byClass);
    byte[] expected = encoded(Examples.statistics(plan, examples.rows()));

    List<Object[]> shuffled = new ArrayList<>(examples.rows());
    Collections.shuffle(shuffled, random);
    List<TableStatistics> parts = new ArrayList<>();
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(150));
      parts.add(Examples.statistics(plan, shuffled.subList(from, to)));
      from = to;
    }
    parts.add(new TableStatistics(plan));
    while (parts.size() > 1) {
      TableStatistics taken = parts.remove(random.nextInt(parts.size()));
      merge(parts.get(random.nextInt(parts.size())), taken);
    }
    assertArrayEquals(expected, encoded(parts.get(0)));
  }

  private static Object[] random(Random random, boolean fewValues, boolean byClass, int classes) {
    int variety = fewValues ? 5 : 1 << 30;
    return new Object[] {
      random.nextInt(4) == 0 ? null : random.nextInt(variety) * 1e-3,
      random.nextInt(4) == 0 ? null : (long) random.nextInt(variety),
      random.nextInt(4) == 0 ? null : "c" + random.nextInt(variety),
      random.nextInt(4) == 0 ? null : random.nextBoolean(),
      LocalDate.EPOCH.plusDays(random.nextInt(3)),
      List.of("train", "train", "validation", "test").get(random.nextInt(4)),
      byClass ? (Object) ("k" + random.nextInt(classes)) : (Object) random.nextGaussian()
    };
  }

  @Test
  void shouldNotDependOnOrderOrGroupingWhereValuesAreTooManyToCount() {
    List<Column> inputs = List.of(Examples.nullable("amount", Kind.DOUBLE));
    Examples examples = new Examples(inputs, false);
    Random random = new Random(5);
    for (int i = 0; i < 3 * NumberStatistics.MOST_VALUES; i++) {
      examples.train(
          i % 2 == 0 ? 1.0 : 0.0,
          i % 5 == 0 ? (Object) (double) (i % 7) : (Object) random.nextGaussian());
    }
    StatisticsPlan plan = StatisticsPlan.of(examples.type(), PLAN, Examples.COLUMNS, true);
    TableStatistics all = Examples.statistics(plan, examples.rows());
    assertFalse(((NumberStatistics) all.input("amount")).distribution().isExact());
    byte[] expected = encoded(all);

    List<Object[]> rows = examples.rows();
    TableStatistics first = Examples.statistics(plan, rows.subList(0, 500));
    TableStatistics second = Examples.statistics(plan, rows.subList(500, 25_000));
    TableStatistics third = Examples.statistics(plan, rows.subList(25_000, rows.size()));
    merge(third, second);
    merge(first, third);
    assertArrayEquals(expected, encoded(first));
    TableStatistics again = new TableStatistics(plan);
    merge(again, all);
    merge(second, Examples.statistics(plan, rows.subList(0, 500)));
    merge(second, Examples.statistics(plan, rows.subList(25_000, rows.size())));
    assertArrayEquals(expected, encoded(again));
    assertArrayEquals(expected, encoded(second));
  }

  @Test
  void shouldTakeStatisticsOfTrainingRowsOnly() {
    Examples examples = new Examples(INPUTS, false);
    examples.train(1.0, 10.0, 1L, "web", true);
    examples.add(99.0, 2L, "shop", false, LocalDate.EPOCH, "validation", 0.0);
    examples.add(99.0, 2L, "shop", false, LocalDate.EPOCH, "test", 0.0);
    TableStatistics statistics = examples.statistics(PLAN, true);
    assertEquals(1, statistics.trainRows());
    assertEquals(10, ((NumberStatistics) statistics.input("amount")).moments().mean());
    assertEquals(
        new LabelSummary.OfClasses(List.of(new LabelSummary.ClassCount("1", 1))),
        statistics.labelsOf("train"));
    assertEquals(
        new LabelSummary.OfClasses(List.of(new LabelSummary.ClassCount("0", 1))),
        statistics.labelsOf("test"));
  }

  @Test
  void shouldDescribeLabelsThatAreNumbers() {
    Examples examples = new Examples(INPUTS, false);
    for (double label : new double[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      examples.train(label, 1.0, 1L, "web", true);
    }
    assertEquals(
        new LabelSummary.OfNumbers(8, 5, 2, 2, 9),
        examples.statistics(PLAN, false).labelsOf("train"));
  }

  @Test
  void shouldGiveUpTextsThatAreTooMany() {
    List<Column> inputs = List.of(Examples.nullable("id", Kind.STRING));
    Examples examples = new Examples(inputs, false);
    PreparePlan plan = PreparePlan.of(inputs, ModelKind.LINEAR, Map.of());
    for (int i = 0; i < TextStatistics.MOST_VALUES; i++) {
      examples.train(0.0, "id-" + i);
    }
    assertTrue(((TextStatistics) examples.statistics(plan, true).input("id")).counts().isPresent());
    examples.train(0.0, "one more");
    assertTrue(((TextStatistics) examples.statistics(plan, true).input("id")).counts().isEmpty());
  }

  private static void merge(TableStatistics into, TableStatistics from) {
    byte[] bytes = encoded(from);
    ByteCursor cursor = new ByteCursor().reset(bytes, 0, bytes.length);
    into.merge(cursor);
    assertFalse(cursor.hasRemaining());
  }

  private static byte[] encoded(TableStatistics statistics) {
    ByteBuilder bytes = new ByteBuilder();
    statistics.write(bytes);
    return bytes.toByteArray();
  }
}
