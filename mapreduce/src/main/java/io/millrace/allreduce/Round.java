package io.millrace.allreduce;

/** What the driver asks all workers for: sums of some kind at some coefficients. */
public final class Round {
  private final int number;
  private final String kind;
  private final int length;
  private final double[] coefficients;

  Round(int number, String kind, int length, double[] coefficients) {
    this.number = number;
    this.kind = kind;
    this.length = length;
    this.coefficients = coefficients;
  }

  /** From 1. */
  public int number() {
    return number;
  }

  /** What is summed; means something to who asks and to who answers. */
  public String kind() {
    return kind;
  }

  /** How many numbers the sums have. */
  public int length() {
    return length;
  }

  /** Not to be changed. */
  public double[] coefficients() {
    return coefficients;
  }
}
