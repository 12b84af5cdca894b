package io.millrace.learn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MetricLawsTest {
  private static final int TRIES = 50;

  @Provide
  Arbitrary<List<Ranking.Scored>> rows() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 20),
            Arbitraries.of(1.0, 10.0, 10.0 / 3, 0.1))
        .as((label, score, weight) -> new Ranking.Scored(label, score / 20.0, weight))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  private static boolean hasBothClasses(List<Ranking.Scored> rows) {
    return rows.stream().map(Ranking.Scored::label).distinct().count() == 2;
  }

  /** P(true above false) + ½ P(same), pair by pair. */
  private static double areaOfPairs(List<Ranking.Scored> rows) {
    double pairs = 0;
    double ordered = 0;
    for (Ranking.Scored a : rows) {
      for (Ranking.Scored b : rows) {
        if (a.label() && !b.label()) {
          pairs += a.weight() * b.weight();
          ordered += a.weight() * b.weight() * (1 + Math.signum(a.score() - b.score())) / 2;
        }
      }
    }
    return ordered / pairs;
  }

  @Property(tries = TRIES)
  void areaShouldBeThatOfPairs(@ForAll("rows") List<Ranking.Scored> rows) {
    Assume.that(hasBothClasses(rows));
    assertEquals(areaOfPairs(rows), Ranking.of(rows).value(Metric.AUC), 1e-13);
  }

  @Property(tries = TRIES)
  void areaShouldNotChangeWithMonotoneMapOfScores(@ForAll("rows") List<Ranking.Scored> rows) {
    Assume.that(hasBothClasses(rows));
    List<Ranking.Scored> mapped =
        rows.stream()
            .map(row -> new Ranking.Scored(row.label(), Math.exp(3 * row.score()), row.weight()))
            .toList();
    assertEquals(Ranking.of(rows).value(Metric.AUC), Ranking.of(mapped).value(Metric.AUC));
    assertEquals(
        Ranking.of(rows).value(Metric.AVERAGE_PRECISION),
        Ranking.of(mapped).value(Metric.AVERAGE_PRECISION));
  }

  @Property(tries = TRIES)
  void areaShouldTurnRoundWithTheLabels(@ForAll("rows") List<Ranking.Scored> rows) {
    Assume.that(hasBothClasses(rows));
    List<Ranking.Scored> turned =
        rows.stream()
            .map(row -> new Ranking.Scored(!row.label(), row.score(), row.weight()))
            .toList();
    assertEquals(
        1 - Ranking.of(rows).value(Metric.AUC), Ranking.of(turned).value(Metric.AUC), 1e-15);
  }

  @Property(tries = TRIES)
  void allShouldBeTheSameForAnyOrderOfRows(
      @ForAll("rows") List<Ranking.Scored> rows, @ForAll Random random) {
    List<Ranking.Scored> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    assertEquals(Ranking.of(rows).values(), Ranking.of(shuffled).values());
  }

  @Property(tries = TRIES)
  void wholeWeightsShouldCountLikeRows(@ForAll("rows") List<Ranking.Scored> rows) {
    List<Ranking.Scored> weighted = new ArrayList<>();
    List<Ranking.Scored> repeated = new ArrayList<>();
    for (Ranking.Scored row : rows) {
      int times = (int) Math.ceil(row.weight());
      weighted.add(new Ranking.Scored(row.label(), row.score(), times));
      for (int i = 0; i < times; i++) {
        repeated.add(new Ranking.Scored(row.label(), row.score(), 1));
      }
    }
    List<MetricValue> once = Ranking.of(weighted).values();
    List<MetricValue> often = Ranking.of(repeated).values();
    assertEquals(
        once.stream().map(MetricValue::value).toList(),
        often.stream().map(MetricValue::value).toList());
  }

  @Property(tries = TRIES)
  void talliesOfPartsShouldBeThatOfTheWhole(
      @ForAll("rows") List<Ranking.Scored> first, @ForAll("rows") List<Ranking.Scored> second) {
    ScoreTally whole = new ScoreTally();
    ScoreTally parts = new ScoreTally();
    first.forEach(row -> whole.add(row.label(), row.weight()));
    second.forEach(row -> whole.add(row.label(), row.weight()));
    ScoreTally left = new ScoreTally();
    first.forEach(row -> left.add(row.label(), row.weight()));
    ByteBuilder encoded = new ByteBuilder();
    left.write(encoded);
    second.forEach(row -> parts.add(row.label(), row.weight()));
    parts.add(cursor(encoded));
    ByteBuilder merged = new ByteBuilder();
    parts.write(merged);
    ByteBuilder expected = new ByteBuilder();
    whole.write(expected);
    assertArrayEquals(expected.toByteArray(), merged.toByteArray());
  }

  @Property(tries = TRIES)
  void numbersOfPartsShouldBeThoseOfTheWhole(
      @ForAll("rows") List<Ranking.Scored> first, @ForAll("rows") List<Ranking.Scored> second) {
    NumberTotals whole = numbers(first);
    second.forEach(row -> addNumber(row, whole));
    ByteBuilder encoded = new ByteBuilder();
    numbers(first).write(encoded);
    assertEquals(whole.values(), numbers(second).add(cursor(encoded)).values());
    assertEquals(whole.values(), numbers(second).add(numbers(first)).values());
  }

  private static NumberTotals numbers(List<Ranking.Scored> rows) {
    NumberTotals totals = new NumberTotals(UnitDeviance.POISSON);
    rows.forEach(row -> addNumber(row, totals));
    return totals;
  }

  /** Some label beside a score. */
  private static void addNumber(Ranking.Scored row, NumberTotals totals) {
    totals.add((row.label() ? 1.3 : 0.7) * row.score() + 0.1, row.score(), row.weight());
  }

  @Property(tries = TRIES)
  void classesOfPartsShouldBeThoseOfTheWhole(
      @ForAll("rows") List<Ranking.Scored> first, @ForAll("rows") List<Ranking.Scored> second) {
    ClassTotals whole = classes(first);
    second.forEach(row -> addClass(row, whole));
    ByteBuilder encoded = new ByteBuilder();
    classes(first).write(encoded);
    assertEquals(whole.values(), classes(second).add(cursor(encoded)).values());
    assertEquals(whole.values(), classes(second).add(classes(first)).values());
  }

  private static ClassTotals classes(List<Ranking.Scored> rows) {
    ClassTotals totals = new ClassTotals();
    rows.forEach(row -> addClass(row, totals));
    return totals;
  }

  private static void addClass(Ranking.Scored row, ClassTotals totals) {
    String found = row.score() < 0.3 ? "low" : row.score() < 0.6 ? "middle" : "high";
    totals.add(row.label() ? "high" : "low", found, row.score(), row.weight());
  }

  private static ByteCursor cursor(ByteBuilder encoded) {
    return new ByteCursor().reset(encoded.array(), 0, encoded.length());
  }
}
