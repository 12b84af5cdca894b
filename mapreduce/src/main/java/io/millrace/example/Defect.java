package io.millrace.example;

/**
 * What may be wrong with a generated line. A line has one defect at most, so that counts add up.
 * Shares are of a day's transactions.
 */
public enum Defect {
  /** An empty amount. */
  MISSING_AMOUNT(0.002, Effect.QUARANTINED),
  /** An empty currency. */
  MISSING_CURRENCY(0.002, Effect.QUARANTINED),
  /** {@code n/a} in place of the timestamp. */
  MISSING_TIMESTAMP(0.001, Effect.QUARANTINED),
  /** An amount below zero. */
  NEGATIVE_AMOUNT(0.002, Effect.QUARANTINED),
  /** An amount above 100,000. */
  HUGE_AMOUNT(0.001, Effect.QUARANTINED),
  /** The currency {@code XXX}. */
  UNKNOWN_CURRENCY(0.002, Effect.QUARANTINED),
  /** A quote before the merchant's name and none behind it. */
  UNTERMINATED_QUOTE(0.0005, Effect.QUARANTINED),
  /** A line that stops after the merchant. */
  TOO_FEW_COLUMNS(0.0005, Effect.QUARANTINED),
  /** A comma in the merchant's name, but no quotes around it. */
  TOO_MANY_COLUMNS(0.0005, Effect.QUARANTINED),
  /** A merchant's name in ISO 8859-1. */
  INVALID_UTF8(0.0005, Effect.QUARANTINED),
  /** A clock that is 1 to 30 days fast. */
  FUTURE(0.0005, Effect.QUARANTINED),
  /** A transaction that lands 4 to 10 days after its day; on a pipeline's first day it is kept. */
  TOO_LATE(0.001, Effect.QUARANTINED),
  /** A transaction that lands 1 to 3 days after its day. */
  LATE(0.01, Effect.KEPT),
  /** The same line twice, some lines apart. */
  EXACT_DUPLICATE(0.01, Effect.DUPLICATED),
  /**
   * The same transaction again, up to ten minutes later and with another amount: this one holds.
   */
  CORRECTION(0.005, Effect.DUPLICATED),
  /** The channel with blanks around it and in capitals. */
  UNTIDY_CHANNEL(0.02, Effect.KEPT),
  /** An empty {@code is_fraud}: nobody knows yet. */
  UNKNOWN_LABEL(0.01, Effect.KEPT);

  /** What the example's pipeline makes of a transaction. */
  public enum Effect {
    KEPT,
    /** Two lines, of which one is kept. */
    DUPLICATED,
    QUARANTINED
  }

  private final double usualShare;
  private final Effect effect;

  Defect(double usualShare, Effect effect) {
    this.usualShare = usualShare;
    this.effect = effect;
  }

  /** The share of transactions that have it, if nothing else is said. */
  public double usualShare() {
    return usualShare;
  }

  public Effect effect() {
    return effect;
  }

  /** Whether it decides when a transaction lands, rather than how its line looks. */
  boolean delaysLanding() {
    return this == LATE || this == TOO_LATE;
  }
}
