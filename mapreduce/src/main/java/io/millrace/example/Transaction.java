package io.millrace.example;

/**
 * A purchase or a withdrawal.
 *
 * @param epochDay the day it happened, in UTC
 * @param index its number within that day, from 0, in the order of time
 * @param cents hundredths of the currency of the terminal's country
 */
record Transaction(
    long epochDay,
    int index,
    int millisOfDay,
    int card,
    int terminal,
    long cents,
    Scenario scenario) {
  /** One second of the day stays free, so that a correction can always follow on the same day. */
  static final int LAST_MILLI_OF_DAY = 86_398_999;

  private static final int CORRECTED_WITHIN_MILLIS = 600_000;

  /** Why a transaction is what it is, after the simulator of Le Borgne et al. (2022). */
  enum Scenario {
    GENUINE,
    /** A single purchase far above what the card usually spends. */
    LARGE_AMOUNT,
    /** The terminal was tampered with. */
    COMPROMISED_TERMINAL,
    /** Somebody else has the card's data. */
    STOLEN_CARD
  }

  boolean isFraud() {
    return scenario != Scenario.GENUINE;
  }

  /** The same transaction some time later on the same day, with another amount. */
  Transaction corrected(Dice dice) {
    int latest = Math.min(millisOfDay + CORRECTED_WITHIN_MILLIS, LAST_MILLI_OF_DAY + 1000);
    long changed = Math.max(1, Math.round(cents * dice.between(0.5, 1.5)));
    return new Transaction(
        epochDay,
        index,
        dice.from(millisOfDay + 1, latest),
        card,
        terminal,
        changed == cents ? cents + 1 : changed,
        scenario);
  }
}
