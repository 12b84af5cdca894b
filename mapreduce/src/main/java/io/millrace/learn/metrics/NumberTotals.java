package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import java.math.BigDecimal;
import java.util.List;

/**
 * What scores that predict numbers are like: sums over the rows, which merge in any order to the
 * bit. Not thread-safe.
 */
public final class NumberTotals implements MergeableTotals {
  private final UnitDeviance deviance;
  private final ExactSum weight = new ExactSum();
  private final ExactSum labels = new ExactSum();
  private final ExactSum labelSquares = new ExactSum();
  private final ExactSum scores = new ExactSum();
  private final ExactSum errors = new ExactSum();
  private final ExactSum errorSquares = new ExactSum();
  private final ExactSum deviances = new ExactSum();
  private final List<ExactSum> sums =
      List.of(weight, labels, labelSquares, scores, errors, errorSquares, deviances);
  private long rows;
  private long outsideDeviance;

  public NumberTotals(UnitDeviance deviance) {
    this.deviance = deviance;
  }

  /** Adds a row. */
  public void add(double label, double score, double rowWeight) {
    double error = score - label;
    rows++;
    weight.add(rowWeight);
    labels.add(rowWeight, label);
    labelSquares.add(rowWeight, label, label);
    scores.add(rowWeight, score);
    errors.add(rowWeight, Math.abs(error));
    errorSquares.add(rowWeight, error, error);
    if (deviance.takes(label, score)) {
      deviances.add(rowWeight, deviance.of(label, score));
    } else {
      outsideDeviance++;
    }
  }

  public NumberTotals add(NumberTotals other) {
    rows += other.rows;
    outsideDeviance += other.outsideDeviance;
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i).add(other.sums.get(i));
    }
    return this;
  }

  @Override
  public NumberTotals add(ByteCursor encoded) {
    rows += encoded.readVarint();
    outsideDeviance += encoded.readVarint();
    sums.forEach(sum -> sum.add(encoded));
    return this;
  }

  @Override
  public void write(ByteBuilder out) {
    out.putVarint(rows).putVarint(outsideDeviance);
    sums.forEach(sum -> sum.write(out));
  }

  /** What was measured. */
  public List<MetricValue> values() {
    if (rows == 0) {
      return List.of();
    }
    double bias = ExactSum.quotient(scores.exact().subtract(labels.exact()), weight.exact());
    return List.of(
        value(Metric.RMSE, Math.sqrt(errorSquares.dividedBy(weight))),
        value(Metric.MAE, errors.dividedBy(weight)),
        r2(),
        value(Metric.BIAS, bias),
        value(Metric.LABEL_MEAN, labels.dividedBy(weight)),
        value(Metric.SCORE_MEAN, scores.dividedBy(weight)),
        meanDeviance().at(deviance.parameter()));
  }

  /** R², whose denominator Σw·y² − (Σw·y)² / Σw is exact, so that nothing cancels. */
  public MetricValue r2() {
    BigDecimal all = weight.exact();
    BigDecimal spread =
        labelSquares.exact().multiply(all).subtract(labels.exact().multiply(labels.exact()));
    return spread.signum() <= 0
        ? absent(Metric.R2, "all labels are the same")
        : value(Metric.R2, 1 - ExactSum.quotient(errorSquares.exact().multiply(all), spread));
  }

  private MetricValue meanDeviance() {
    return outsideDeviance > 0
        ? absent(
            Metric.DEVIANCE,
            "poisson needs labels of at least 0 and scores above 0, which %d of %d rows have not"
                .formatted(outsideDeviance, rows))
        : value(Metric.DEVIANCE, deviances.dividedBy(weight));
  }

  private MetricValue value(Metric metric, double value) {
    return MetricValue.of(metric, value, rows, weight.value());
  }

  private MetricValue absent(Metric metric, String reason) {
    return MetricValue.absent(metric, reason, rows, weight.value());
  }
}
