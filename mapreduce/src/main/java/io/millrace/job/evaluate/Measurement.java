package io.millrace.job.evaluate;

import io.millrace.learn.metrics.ClassAreas;
import io.millrace.learn.metrics.ClassTotals;
import io.millrace.learn.metrics.Metric;
import io.millrace.learn.metrics.MetricValue;
import io.millrace.learn.metrics.NumberTotals;
import io.millrace.learn.metrics.RankedScores;
import io.millrace.learn.metrics.ScoreTally;
import io.millrace.row.ByteCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures the rows of one group: first come totals, then scores. Not thread-safe. */
abstract sealed class Measurement {
  private final ScoreTally unscored = new ScoreTally();

  static Measurement of(EvaluateSettings settings, List<String> classes) {
    return switch (settings.target()) {
      case BINARY -> new OfTrueAndFalse(settings);
      case NUMBER -> new OfNumbers(settings);
      case CLASSES -> new OfClasses(classes);
    };
  }

  void addUnscored(ByteCursor encoded) {
    unscored.add(encoded);
  }

  /** Adds the totals of some of the rows. */
  abstract void addTotals(ByteCursor encoded);

  /** Adds the rows of the next lower score, class by class. */
  abstract void addScore(int classNumber, double score, ScoreTally tally);

  /** What was measured of the rows with a score. */
  abstract List<MetricValue> scored();

  /** The metric that shuffled inputs are told by. */
  abstract Metric headline();

  List<MetricValue> values() {
    List<MetricValue> values = new ArrayList<>(scored());
    double weight = unscored.weight();
    values.add(MetricValue.of(Metric.UNSCORED, weight, unscored.rows(), weight));
    return values;
  }

  private static final class OfTrueAndFalse extends Measurement {
    private final EvaluateSettings settings;
    private final ScoreTally all = new ScoreTally();
    private @Nullable RankedScores scores;

    OfTrueAndFalse(EvaluateSettings settings) {
      this.settings = settings;
    }

    @Override
    void addTotals(ByteCursor encoded) {
      all.add(encoded);
    }

    private RankedScores scores() {
      if (scores == null) {
        scores = RankedScores.all(all, settings.threshold(), settings.tops());
      }
      return scores;
    }

    @Override
    void addScore(int classNumber, double score, ScoreTally tally) {
      scores().add(score, tally);
    }

    @Override
    List<MetricValue> scored() {
      return scores().values();
    }

    @Override
    Metric headline() {
      return Metric.AUC;
    }
  }

  private static final class OfNumbers extends Measurement {
    private final NumberTotals totals;

    OfNumbers(EvaluateSettings settings) {
      totals = new NumberTotals(settings.deviance());
    }

    @Override
    void addTotals(ByteCursor encoded) {
      totals.add(encoded);
    }

    @Override
    void addScore(int classNumber, double score, ScoreTally tally) {
      throw new IllegalStateException("scores of numbers are added up, not put in order");
    }

    @Override
    List<MetricValue> scored() {
      return totals.values();
    }

    @Override
    Metric headline() {
      return Metric.R2;
    }
  }

  private static final class OfClasses extends Measurement {
    private final List<String> classes;
    private final ClassTotals totals = new ClassTotals();
    private final ClassAreas areas = new ClassAreas();
    private int current;
    private @Nullable RankedScores scores;

    OfClasses(List<String> classes) {
      this.classes = classes;
    }

    @Override
    void addTotals(ByteCursor encoded) {
      totals.add(encoded);
    }

    @Override
    void addScore(int classNumber, double score, ScoreTally tally) {
      if (scores == null || classNumber != current) {
        finishClass();
        current = classNumber;
        scores = RankedScores.area();
      }
      scores.add(score, tally);
    }

    private void finishClass() {
      if (scores != null) {
        areas.add(classes.get(current), scores.values().get(0));
        scores = null;
      }
    }

    @Override
    List<MetricValue> scored() {
      finishClass();
      List<MetricValue> values = new ArrayList<>(areas.values());
      values.addAll(totals.values());
      return values;
    }

    @Override
    Metric headline() {
      return Metric.LOG_LOSS;
    }
  }
}
