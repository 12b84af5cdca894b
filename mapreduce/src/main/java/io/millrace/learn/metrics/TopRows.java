package io.millrace.learn.metrics;

import io.millrace.spec.EvaluateSpec.Top;
import java.util.List;
import java.util.stream.Stream;

/** Precision, recall and lift of the rows with the highest scores. */
final class TopRows implements RankedScores.Part {
  private final RankedScores.Population all;
  private final Top top;
  private final double wanted;
  private double positive;

  TopRows(RankedScores.Population all, Top top) {
    this.all = all;
    this.top = top;
    wanted = weight(top, all.weight());
  }

  private static double weight(Top top, double all) {
    return top instanceof Top.Share some
        ? some.share().doubleValue() * all
        : (double) ((Top.Rows) top).rows();
  }

  /** As a parameter of a metric: {@code 100} or {@code 1%}. */
  private static String text(Top top) {
    return top instanceof Top.Share some
        ? some.share().movePointRight(2).stripTrailingZeros().toPlainString() + "%"
        : Long.toString(((Top.Rows) top).rows());
  }

  @Override
  public void add(RankedScores.Step step) {
    double room = wanted - step.above();
    if (room > 0) {
      double share = Math.min(1, room / step.weight());
      positive = step.positiveAbove() + share * step.positive();
    }
  }

  @Override
  public List<MetricValue> values() {
    return values(positive / wanted).map(value -> value.at(text(top))).toList();
  }

  private Stream<MetricValue> values(double precision) {
    if (wanted > all.weight() || all.rows() == 0) {
      String reason = "there are fewer rows: " + all.weight();
      return Stream.of(Metric.PRECISION_AT, Metric.RECALL_AT, Metric.LIFT_AT)
          .map(metric -> all.absent(metric, reason));
    }
    MetricValue share = all.value(Metric.PRECISION_AT, precision);
    if (all.positive() == 0) {
      String reason = "no row is true";
      return Stream.of(
          share, all.absent(Metric.RECALL_AT, reason), all.absent(Metric.LIFT_AT, reason));
    }
    return Stream.of(
        share,
        all.value(Metric.RECALL_AT, positive / all.positive()),
        all.value(Metric.LIFT_AT, precision / (all.positive() / all.weight())));
  }
}
