package io.millrace.pipeline;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * A share of all entities, and with them of their records: those whose hash lies in it. The same
 * entities every time, and those of a smaller share are among those of a larger one.
 *
 * @param share more than 0 and less than 1
 * @param columns of the clean rows, which name an entity
 */
public record Sample(BigDecimal share, List<String> columns) {
  private static final BigDecimal ALL = BigDecimal.ONE;

  public Sample {
    share = share.stripTrailingZeros();
    columns = List.copyOf(columns);
    if (share.signum() <= 0 || share.compareTo(ALL) >= 0) {
      throw new IllegalArgumentException(
          "Cannot take a sample of %s: expected a share between 0%% and 100%%"
              .formatted(percent(share) + "%"));
    }
  }

  /** The (unsigned) hash below which an entity is in the sample. */
  public long hashLimit() {
    return share
        .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE)))
        .toBigInteger()
        .longValue();
  }

  /** A name for a folder, such as {@code 1pct-card_id}. */
  public String folder() {
    return percent(share) + "pct-" + String.join("-", columns);
  }

  /** Such as {@code 1% by card_id}. */
  @Override
  public String toString() {
    return percent(share) + "% by " + String.join(", ", columns);
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
