package io.millrace.example;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which cards are in wrong hands and which terminals are tampered with on a day. Each day has its
 * own new cases; a day is asked by looking back at those that last long enough.
 */
final class FraudCalendar {
  private static final double NEWLY_STOLEN = 0.0008;
  private static final int SHORTEST_THEFT = 2;
  private static final int LONGEST_THEFT = 5;
  private static final double NEWLY_COMPROMISED = 0.0005;
  private static final int SHORTEST_COMPROMISE = 7;
  private static final int LONGEST_COMPROMISE = 14;

  private final long seed;
  private final int cards;
  private final int terminals;

  FraudCalendar(long seed, int cards, int terminals) {
    this.seed = seed;
    this.cards = cards;
    this.terminals = terminals;
  }

  List<Integer> stolenCards(long epochDay) {
    List<Integer> stolen = new ArrayList<>();
    for (long start = epochDay - LONGEST_THEFT + 1; start <= epochDay; start++) {
      Dice dice = new Dice(seed, Dice.Purpose.STOLEN_CARDS, start, 0);
      for (int left = dice.about(NEWLY_STOLEN * cards); left > 0; left--) {
        int card = dice.below(cards);
        if (epochDay < start + dice.from(SHORTEST_THEFT, LONGEST_THEFT)) {
          stolen.add(card);
        }
      }
    }
    return stolen;
  }

  BitSet compromisedTerminals(long epochDay) {
    BitSet compromised = new BitSet();
    for (long start = epochDay - LONGEST_COMPROMISE + 1; start <= epochDay; start++) {
      Dice dice = new Dice(seed, Dice.Purpose.COMPROMISED_TERMINALS, start, 0);
      for (int left = dice.about(NEWLY_COMPROMISED * terminals); left > 0; left--) {
        int terminal = dice.below(terminals);
        if (epochDay < start + dice.from(SHORTEST_COMPROMISE, LONGEST_COMPROMISE)) {
          compromised.set(terminal);
        }
      }
    }
    return compromised;
  }
}
