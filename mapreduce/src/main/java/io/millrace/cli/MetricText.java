package io.millrace.cli;

import io.millrace.model.card.ModelCard;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measured values as people read them. */
final class MetricText {
  private static final MathContext DIGITS = new MathContext(5);
  private static final int MOST_ZEROS = 6;

  /** What tells models apart at a glance, the most telling first. */
  private static final List<String> MAIN =
      List.of("auc", "average_precision", "log_loss", "accuracy", "rmse", "mae", "r2", "deviance");

  private MetricText() {}

  /** Five digits at most. */
  static String of(@Nullable Double value) {
    if (value == null || value.isNaN() || value.isInfinite()) {
      return "–";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.scale() > MOST_ZEROS + DIGITS.getPrecision() || rounded.scale() < -MOST_ZEROS
        ? rounded.toString()
        : rounded.toPlainString();
  }

  /** Name, class and parameter: {@code precision_at 1%}. */
  static String name(ModelCard.Measured measured) {
    return measured.metric()
        + (measured.label() == null ? "" : " " + measured.label())
        + (measured.parameter() == null ? "" : " " + measured.parameter());
  }

  /** The main metrics that some cards have on their test rows, a few. */
  static List<String> main(List<ModelCard> cards, int most) {
    return MAIN.stream()
        .filter(metric -> cards.stream().anyMatch(card -> test(card, metric).isPresent()))
        .limit(most)
        .toList();
  }

  /** A metric of all test rows, where it was measured. */
  static Optional<Double> test(ModelCard card, String metric) {
    return card.metrics(ModelCard.Measured.CANDIDATE, "test").stream()
        .filter(measured -> name(measured).equals(metric))
        .findFirst()
        .map(ModelCard.Measured::value);
  }
}
