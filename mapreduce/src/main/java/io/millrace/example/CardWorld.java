package io.millrace.example;

import java.util.Arrays;
import java.util.List;

/** Everything that does not change from day to day. */
final class CardWorld {
  /** Monday to Sunday; the mean is 1. */
  private static final List<Double> WEEKDAYS = List.of(0.96, 0.97, 0.98, 1.00, 1.15, 1.14, 0.80);

  private final CardFraudSettings settings;
  private final Card[] cards;
  private final Terminals terminals;
  private final FraudCalendar calendar;

  CardWorld(CardFraudSettings settings) {
    this.settings = settings;
    long seed = settings.seed();
    cards = new Card[settings.cards()];
    Arrays.setAll(cards, number -> Card.of(seed, number));
    terminals = new Terminals(seed, settings.terminals());
    calendar = new FraudCalendar(seed, settings.cards(), settings.terminals());
  }

  CardFraudSettings settings() {
    return settings;
  }

  Card card(int number) {
    return cards[number];
  }

  Terminals terminals() {
    return terminals;
  }

  FraudCalendar calendar() {
    return calendar;
  }

  /** How many transactions happen on a day. */
  int volume(long epochDay) {
    Dice dice = new Dice(settings.seed(), Dice.Purpose.VOLUME, epochDay, 0);
    // 1 January 1970 was a Thursday
    double weekday = WEEKDAYS.get(Math.floorMod(epochDay + 3, 7));
    return Math.max(1, dice.about(settings.transactions() * weekday * dice.between(0.97, 1.03)));
  }
}
