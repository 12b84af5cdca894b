package io.millrace.example;

import io.millrace.example.Transaction.Scenario;
import java.util.BitSet;
import java.util.List;

/**
 * The transactions that happen on one day, in the order of time. Each can be made without the
 * others, so that a landing day can fetch the few of earlier days that come late. Not thread-safe.
 */
final class EventDay {
  /** Of a day's transactions, by hour. */
  private static final double[] HOURS = {
    .010, .006, .004, .003, .004, .010, .022, .040, .052, .055, .058, .064, .072, .066, .058, .056,
    .062, .072, .078, .070, .056, .040, .026, .016
  };

  private static final int MILLIS_OF_HOUR = 3_600_000;

  /** How many fraudulent transactions a stolen card has a day, against an average card's. */
  private static final double STOLEN_FACTOR = 1.2;

  private static final double LARGE_AMOUNT_CHANCE = 0.0014;
  private static final double COMPROMISED_CHANCE = 0.25;
  private static final double TREAT_CHANCE = 0.004;
  private static final double MIN_AMOUNT = 0.5;
  private static final double MAX_AMOUNT = 99_999.99;

  private final CardWorld world;
  private final long epochDay;
  private final int size;
  private final List<Integer> stolenCards;
  private final BitSet compromisedTerminals;
  private final double stolenChance;
  private final Dice dice;

  EventDay(CardWorld world, long epochDay) {
    this.world = world;
    this.epochDay = epochDay;
    size = world.volume(epochDay);
    stolenCards = world.calendar().stolenCards(epochDay);
    compromisedTerminals = world.calendar().compromisedTerminals(epochDay);
    double extra = STOLEN_FACTOR * stolenCards.size();
    stolenChance = extra / (world.settings().cards() + extra);
    dice = new Dice(world.settings().seed(), Dice.Purpose.TRANSACTION, epochDay, 0);
  }

  int size() {
    return size;
  }

  /** The transaction of this number, from 0 to {@link #size} - 1. */
  Transaction at(int index) {
    dice.reset(world.settings().seed(), Dice.Purpose.TRANSACTION, epochDay, index);
    int millisOfDay = millisOfDay((index + dice.uniform()) / size);
    if (dice.chance(stolenChance)) {
      return stolenCardPurchase(index, millisOfDay);
    }
    int number = cardFor(millisOfDay / MILLIS_OF_HOUR);
    Card card = world.card(number);
    if (dice.chance(LARGE_AMOUNT_CHANCE)) {
      int terminal = terminalFor(card);
      double amount = card.usualAmount() * dice.between(8, 25);
      return transaction(index, millisOfDay, number, terminal, amount, Scenario.LARGE_AMOUNT);
    }
    int terminal = terminalFor(card);
    double amount = usualAmount(card, terminal);
    Scenario scenario =
        compromisedTerminals.get(terminal) && dice.chance(COMPROMISED_CHANCE)
            ? Scenario.COMPROMISED_TERMINAL
            : Scenario.GENUINE;
    return transaction(index, millisOfDay, number, terminal, amount, scenario);
  }

  private Transaction stolenCardPurchase(int index, int millisOfDay) {
    int number = stolenCards.get(dice.below(stolenCards.size()));
    Card card = world.card(number);
    int terminal = world.terminals().anywhere(card.country().other(dice), Channel.WEB, dice);
    double amount = card.usualAmount() * dice.between(2, 6);
    return transaction(index, millisOfDay, number, terminal, amount, Scenario.STOLEN_CARD);
  }

  /** A time of day, given the share of the day's transactions that happen before it. */
  private static int millisOfDay(double share) {
    double left = share;
    int hour = 0;
    while (hour < HOURS.length - 1 && left >= HOURS[hour]) {
      left -= HOURS[hour];
      hour++;
    }
    int millis = hour * MILLIS_OF_HOUR + (int) (left / HOURS[hour] * MILLIS_OF_HOUR);
    return Math.min(millis, Transaction.LAST_MILLI_OF_DAY);
  }

  /** Draws cards until one feels like it, so that busy ones come more often. */
  private int cardFor(int hour) {
    int cards = world.settings().cards();
    int number = dice.below(cards);
    while (!dice.chance(world.card(number).appetite(hour))) {
      number = dice.below(cards);
    }
    return number;
  }

  private int terminalFor(Card card) {
    Terminals terminals = world.terminals();
    Country country = card.country();
    if (dice.chance(card.webShare())) {
      Country shop = dice.chance(0.7) ? country : Country.any(dice);
      return terminals.anywhere(shop, Channel.WEB, dice);
    }
    Channel channel = dice.chance(0.08) ? Channel.ATM : Channel.POS;
    double distance = dice.uniform();
    if (distance < 0.90) {
      return terminals.near(country, channel, card.home(), dice);
    }
    return terminals.anywhere(distance < 0.98 ? country : country.other(dice), channel, dice);
  }

  private double usualAmount(Card card, int terminal) {
    Merchant merchant = world.terminals().merchant(terminal);
    if (merchant.channel() == Channel.ATM) {
      return 10 * (1 + Math.floor(card.usualAmount() * dice.between(0.2, 0.8) / 5));
    }
    double amount = card.usualAmount() * merchant.priceLevel() * dice.spread(0.5);
    return dice.chance(TREAT_CHANCE) ? amount * dice.between(3, 8) : amount;
  }

  private Transaction transaction(
      int index, int millisOfDay, int card, int terminal, double amount, Scenario scenario) {
    long cents = Math.round(100 * Math.min(Math.max(amount, MIN_AMOUNT), MAX_AMOUNT));
    return new Transaction(epochDay, index, millisOfDay, card, terminal, cents, scenario);
  }
}
