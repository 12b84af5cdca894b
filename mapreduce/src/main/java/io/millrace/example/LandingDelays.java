package io.millrace.example;

/** How many days after it happened each transaction of a day lands. */
final class LandingDelays {
  /** The most days that a transaction may be late and still count. */
  static final int LATENESS = 3;

  /** The most days that any transaction is late. */
  static final int LONGEST = 10;

  private LandingDelays() {}

  /** The delay in days of each transaction of an event day, by its number. */
  static byte[] of(CardWorld world, long epochDay, int transactions) {
    DefectShares defects = world.settings().defects();
    double late = defects.of(Defect.LATE);
    double anyLate = late + defects.of(Defect.TOO_LATE);
    Dice dice = new Dice(world.settings().seed(), Dice.Purpose.DELAY, epochDay, 0);
    byte[] delays = new byte[transactions];
    for (int index = 0; index < transactions; index++) {
      double choice = dice.uniform();
      if (choice < late) {
        delays[index] = (byte) dice.from(1, LATENESS);
      } else if (choice < anyLate) {
        delays[index] = (byte) dice.from(LATENESS + 1, LONGEST);
      }
    }
    return delays;
  }
}
