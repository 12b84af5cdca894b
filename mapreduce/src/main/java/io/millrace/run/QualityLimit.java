package io.millrace.run;

import io.millrace.plan.PlannedStage;
import java.math.BigDecimal;
import java.math.MathContext;

/** Shares of records that may be set aside. */
final class QualityLimit {
  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  private QualityLimit() {}

  /**
   * What to say where more than {@code limit} of {@code all} were set aside, else an empty text.
   */
  static String exceeded(
      PlannedStage stage, String what, long setAside, long all, BigDecimal limit, String key) {
    if (BigDecimal.valueOf(setAside).compareTo(limit.multiply(BigDecimal.valueOf(all))) <= 0) {
      return "";
    }
    BigDecimal share =
        BigDecimal.valueOf(setAside).divide(BigDecimal.valueOf(all), MathContext.DECIMAL32);
    return "%s/dt=%s: %d of %d %s (%s), more than %s allows (%s)."
        .formatted(
            stage.stage(), stage.date(), setAside, all, what, percent(share), key, percent(limit));
  }

  private static String percent(BigDecimal share) {
    BigDecimal rounded = share.multiply(PERCENT).round(new MathContext(3));
    return rounded.stripTrailingZeros().toPlainString() + "%";
  }
}
