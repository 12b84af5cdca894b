package io.millrace.learn.metrics;

import io.millrace.spec.EvaluateSpec.Top;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Rows with scores, put in order and tallied as the reducer does it. */
final class Ranking {
  record Scored(boolean label, double score, double weight) {}

  private final NavigableMap<Double, ScoreTally> tallies = new TreeMap<>(Comparator.reverseOrder());
  private final ScoreTally all = new ScoreTally();
  private double threshold = 0.5;
  private List<Top> top = List.of();

  static Ranking of(List<Scored> rows) {
    Ranking ranking = new Ranking();
    rows.forEach(row -> ranking.add(row.label(), row.score(), row.weight()));
    return ranking;
  }

  /** Rows of weight 1, true in upper case: {@code "A 0.9 b 0.5"}. */
  static Ranking of(String rows) {
    String[] words = rows.split(" ", -1);
    Ranking ranking = new Ranking();
    for (int i = 0; i < words.length; i += 2) {
      ranking.add(words[i].equals("A"), Double.parseDouble(words[i + 1]), 1);
    }
    return ranking;
  }

  Ranking add(boolean label, double score, double weight) {
    tallies.computeIfAbsent(score, each -> new ScoreTally()).add(label, weight);
    all.add(label, weight);
    return this;
  }

  Ranking with(double newThreshold, List<Top> newTop) {
    threshold = newThreshold;
    top = newTop;
    return this;
  }

  List<MetricValue> values() {
    RankedScores scores = RankedScores.all(all, threshold, top);
    tallies.forEach(scores::add);
    return scores.values();
  }

  MetricValue find(Metric metric) {
    return find(values(), metric).orElseThrow();
  }

  double value(Metric metric) {
    return find(metric).value().orElseThrow();
  }

  static Optional<MetricValue> find(List<MetricValue> values, Metric metric) {
    return values.stream().filter(value -> value.metric() == metric).findFirst();
  }

  static List<Double> each(List<MetricValue> values, Metric metric) {
    List<Double> found = new ArrayList<>();
    values.stream()
        .filter(value -> value.metric() == metric)
        .forEach(value -> found.add(value.value().orElseThrow()));
    return found;
  }
}
