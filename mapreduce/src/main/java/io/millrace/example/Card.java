package io.millrace.example;

/**
 * A card and the habits of who holds it.
 *
 * @param home where on the country's road, 0 to 1
 * @param rate how often it is used, against the busiest cards, above 0 to 1
 * @param usualAmount in whole units of currency
 * @param usualHour around which it is used most, 0 to 23
 * @param webShare of its purchases
 */
record Card(
    Country country, double home, double rate, double usualAmount, int usualHour, double webShare) {
  private static final double AT_UNUSUAL_HOURS = 0.25;

  /** The card of this number; it depends on the seed and the number alone. */
  static Card of(long seed, int number) {
    Dice dice = new Dice(seed, Dice.Purpose.CARD, number, 0);
    Country country = Country.any(dice);
    double home = dice.uniform();
    double energy = dice.uniform();
    double rate = 0.08 + 0.92 * energy * energy;
    double usualAmount = 35 * dice.spread(0.6);
    int usualHour = dice.from(9, 20);
    double webShare = 0.05 + 0.4 * dice.uniform() * dice.uniform();
    return new Card(country, home, rate, usualAmount, usualHour, webShare);
  }

  /** How likely it is used in this hour, against the busiest card in its best hour. */
  double appetite(int hour) {
    int apart = Math.abs(hour - usualHour);
    return Math.min(apart, 24 - apart) <= 4 ? rate : rate * AT_UNUSUAL_HOURS;
  }
}
