package io.millrace.example;

/**
 * Random numbers that depend on a seed, a purpose and two keys, and on nothing else: each day and
 * each entity has dice of its own. SplitMix64 (Steele, Lea, Flood 2014), written out because the
 * JDK does not promise its algorithms, and StrictMath because Math may differ by machine. Not
 * thread-safe.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** What is drawn. A changed key changes all data. */
  enum Purpose {
    MERCHANT(0),
    CARD(1),
    VOLUME(2),
    STOLEN_CARDS(3),
    COMPROMISED_TERMINALS(4),
    DELAY(5),
    TRANSACTION(6),
    DEFECT(7);

    private final int key;

    Purpose(int key) {
      this.key = key;
    }
  }

  private long state;

  Dice(long seed, Purpose purpose, long first, long second) {
    reset(seed, purpose, first, second);
  }

  /** Starts again with other keys. */
  void reset(long seed, Purpose purpose, long first, long second) {
    long mixed = mix(seed + GOLDEN_GAMMA);
    mixed = mix((mixed ^ purpose.key) + GOLDEN_GAMMA);
    mixed = mix((mixed ^ first) + GOLDEN_GAMMA);
    state = mix((mixed ^ second) + GOLDEN_GAMMA);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform in 0 … bound - 1. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Uniform in low … high. */
  int from(int low, int high) {
    return low + below(high - low + 1);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Close to the normal distribution of mean 0 and deviation 1, but within ±3.47: no outliers. */
  double bell() {
    return (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772;
  }

  /** A factor around 1 whose logarithm is {@link #bell}-shaped with the given deviation. */
  double spread(double deviation) {
    return StrictMath.exp(deviation * bell());
  }

  /** A whole number whose mean is the given one, as near to it as can be. */
  int about(double mean) {
    return (int) (mean + uniform());
  }

  private long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
