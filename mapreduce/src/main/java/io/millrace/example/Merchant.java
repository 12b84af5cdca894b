package io.millrace.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A shop, an online shop or a bank.
 *
 * @param priceLevel what people spend here, against what they spend anywhere
 */
record Merchant(Country country, Channel channel, double priceLevel, String name) {
  private static final List<String> FIRST_NAMES =
      List.of(
          "Alder",
          "Baltic",
          "Café Lumière",
          "Dockside",
          "El Niño",
          "Fjord",
          "Golden",
          "Harbour",
          "Isola",
          "Jasmin",
          "Kiln",
          "Lindenhof",
          "Müller",
          "North Star",
          "Old Mill",
          "Piazza",
          "Quay",
          "Rosemary",
          "Søndag",
          "Tulip");
  private static final List<String> LAST_NAMES =
      List.of(
          " Books",
          " Market",
          " & Daughters",
          " Pharmacy",
          " Bakery",
          " Outdoor",
          ", Sons & Co",
          " Electronics",
          " \"The Corner\" Deli",
          ", Inc.");

  /** The name as a field of CSV: in quotes where it needs them. */
  byte[] toCsvName() {
    boolean plain = name.indexOf(',') < 0 && name.indexOf('"') < 0;
    return (plain ? name : '"' + name.replace("\"", "\"\"") + '"').getBytes(UTF_8);
  }

  /** The merchant of this number; it depends on the seed and the number alone. */
  static Merchant of(long seed, int number) {
    Dice dice = new Dice(seed, Dice.Purpose.MERCHANT, number, 0);
    Country country = Country.any(dice);
    double kind = dice.uniform();
    Channel channel = kind < 0.70 ? Channel.POS : kind < 0.92 ? Channel.WEB : Channel.ATM;
    double priceLevel = dice.spread(0.4);
    String name =
        FIRST_NAMES.get(dice.below(FIRST_NAMES.size()))
            + (channel == Channel.ATM ? " Bank" : LAST_NAMES.get(dice.below(LAST_NAMES.size())));
    return new Merchant(country, channel, priceLevel, name);
  }
}
