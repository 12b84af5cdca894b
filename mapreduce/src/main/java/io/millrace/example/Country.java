package io.millrace.example;

/** Where cards are issued and terminals stand. */
enum Country {
  DE("EUR", 0.24),
  FR("EUR", 0.20),
  ES("EUR", 0.16),
  IT("EUR", 0.14),
  NL("EUR", 0.08),
  GB("GBP", 0.10),
  US("USD", 0.08);

  private static final Country[] ALL = values();

  private final String currency;
  private final double share;

  Country(String currency, double share) {
    this.currency = currency;
    this.share = share;
  }

  String currency() {
    return currency;
  }

  /** Larger countries more often. */
  static Country any(Dice dice) {
    double left = dice.uniform();
    for (Country country : ALL) {
      left -= country.share;
      if (left < 0) {
        return country;
      }
    }
    return DE;
  }

  /** A country that is not this one, all alike. */
  Country other(Dice dice) {
    int last = ALL.length - 1;
    Country drawn = ALL[dice.below(last)];
    return drawn == this ? ALL[last] : drawn;
  }
}
