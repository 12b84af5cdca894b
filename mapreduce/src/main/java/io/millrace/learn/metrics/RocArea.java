package io.millrace.learn.metrics;

import io.millrace.aggregate.ExactSum;
import java.math.BigDecimal;
import java.util.List;

/**
 * AUC as the Mann-Whitney statistic: 2·P·N·AUC = Σ n·(2·P⁺ + p) over the different scores, where p
 * and n are the weights of rows with 1 and with 0 of the score, and P⁺ that of rows with 1 above it
 * (Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982). Exact where
 * weights are whole numbers, before it is rounded once.
 */
final class RocArea implements RankedScores.Part {
  private final ScoreTally all = new ScoreTally();
  private final ExactSum twicePairs = new ExactSum();

  @Override
  public void add(RankedScores.Step step) {
    all.add(step.tally());
    twicePairs.add(step.negative(), 2 * step.positiveAbove());
    twicePairs.add(step.negative(), step.positive());
  }

  @Override
  public List<MetricValue> values() {
    RankedScores.Population population = RankedScores.Population.of(all);
    if (population.positive() == 0 || population.negative() == 0) {
      return List.of(population.absent(Metric.AUC, oneClass(population)));
    }
    BigDecimal allPairs =
        new BigDecimal(population.positive())
            .multiply(new BigDecimal(population.negative()))
            .multiply(BigDecimal.valueOf(2));
    return List.of(population.value(Metric.AUC, ExactSum.quotient(twicePairs.exact(), allPairs)));
  }

  private static String oneClass(RankedScores.Population all) {
    if (all.rows() == 0) {
      return "there are no rows";
    }
    return "the rows are of one class: none of %d is %s"
        .formatted(all.rows(), all.positive() == 0 ? "true" : "false");
  }
}
