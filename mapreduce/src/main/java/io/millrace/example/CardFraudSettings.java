package io.millrace.example;

import java.time.LocalDate;

/**
 * What card transactions to make. The content of a day depends on all of these but {@code from},
 * {@code days}, {@code files} and {@code gzipFiles}: those only cut it.
 *
 * @param seed equal seeds give equal transactions
 * @param from the first landing date
 * @param days how many landing dates
 * @param cards how many cards there are
 * @param terminals how many terminals there are; four of them make a merchant
 * @param transactions a day, on average over a week
 * @param files a day
 * @param gzipFiles how many of a day's files, the last ones, are compressed
 */
public record CardFraudSettings(
    long seed,
    LocalDate from,
    int days,
    int cards,
    int terminals,
    int transactions,
    int files,
    int gzipFiles,
    DefectShares defects) {
  public CardFraudSettings {
    requireAtLeast("days", days, 1);
    requireAtLeast("cards", cards, 1);
    requireAtLeast("terminals", terminals, 1);
    requireAtLeast("transactions", transactions, 1);
    requireAtLeast("files", files, 1);
    requireAtLeast("gzipFiles", gzipFiles, 0);
    if (gzipFiles > files) {
      throw new IllegalArgumentException(
          "Cannot compress " + gzipFiles + " files a day: there are " + files);
    }
  }

  /** Seed 1, 2,000 cards, 400 terminals, 10,000 transactions in four files a day. */
  public static CardFraudSettings of(LocalDate from, int days) {
    return new CardFraudSettings(1, from, days, 2_000, 400, 10_000, 4, 1, DefectShares.usual());
  }

  public CardFraudSettings withSeed(long seed) {
    return new CardFraudSettings(
        seed, from, days, cards, terminals, transactions, files, gzipFiles, defects);
  }

  public CardFraudSettings withCards(int cards) {
    return new CardFraudSettings(
        seed, from, days, cards, terminals, transactions, files, gzipFiles, defects);
  }

  public CardFraudSettings withTerminals(int terminals) {
    return new CardFraudSettings(
        seed, from, days, cards, terminals, transactions, files, gzipFiles, defects);
  }

  public CardFraudSettings withTransactions(int transactions) {
    return new CardFraudSettings(
        seed, from, days, cards, terminals, transactions, files, gzipFiles, defects);
  }

  public CardFraudSettings withFiles(int files, int gzipFiles) {
    return new CardFraudSettings(
        seed, from, days, cards, terminals, transactions, files, gzipFiles, defects);
  }

  public CardFraudSettings withDefects(DefectShares defects) {
    return new CardFraudSettings(
        seed, from, days, cards, terminals, transactions, files, gzipFiles, defects);
  }

  private static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Cannot generate with " + name + " " + value + ": expected at least " + least);
    }
  }
}
