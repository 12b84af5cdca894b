package io.millrace.example;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** All terminals, numbered from 0 in the order in which they stand along their country's road. */
final class Terminals {
  private static final int PER_MERCHANT = 4;
  private static final int NEARBY = 5;

  private final Merchant[] merchants;
  private final int count;
  private final Map<Country, Map<Channel, int[]>> places = new EnumMap<>(Country.class);

  Terminals(long seed, int count) {
    this.count = count;
    merchants = new Merchant[(count + PER_MERCHANT - 1) / PER_MERCHANT];
    Arrays.setAll(merchants, number -> Merchant.of(seed, number));
    for (Country country : Country.values()) {
      Map<Channel, int[]> kinds = new EnumMap<>(Channel.class);
      for (Channel channel : Channel.values()) {
        kinds.put(channel, find(country, channel));
      }
      places.put(country, kinds);
    }
  }

  int count() {
    return count;
  }

  int merchantNumber(int terminal) {
    return terminal / PER_MERCHANT;
  }

  Merchant merchant(int terminal) {
    return merchants[merchantNumber(terminal)];
  }

  /** A terminal of this kind somewhere in the country. */
  int anywhere(Country country, Channel channel, Dice dice) {
    int[] candidates = candidates(country, channel);
    return candidates[dice.below(candidates.length)];
  }

  /**
   * A terminal of this kind near a home.
   *
   * @param home where on the country's road, 0 to 1
   */
  int near(Country country, Channel channel, double home, Dice dice) {
    int[] candidates = candidates(country, channel);
    int place = (int) (home * candidates.length) + dice.below(NEARBY) - NEARBY / 2;
    return candidates[Math.floorMod(place, candidates.length)];
  }

  private int[] candidates(Country country, Channel channel) {
    return Objects.requireNonNull(Objects.requireNonNull(places.get(country)).get(channel));
  }

  /** Where a country has no such terminal, those of others serve; where nobody has, any does. */
  private int[] find(Country country, Channel channel) {
    int[] here =
        IntStream.range(0, count)
            .filter(terminal -> merchant(terminal).channel() == channel)
            .filter(terminal -> merchant(terminal).country() == country)
            .toArray();
    if (here.length > 0) {
      return here;
    }
    int[] elsewhere =
        IntStream.range(0, count)
            .filter(terminal -> merchant(terminal).channel() == channel)
            .toArray();
    return elsewhere.length > 0 ? elsewhere : IntStream.range(0, count).toArray();
  }
}
