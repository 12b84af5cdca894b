package io.millrace.run;

/**
 * How a run goes about its plan.
 *
 * @param parallel how many stages run side by side
 * @param missing what becomes of a run some of whose inputs are missing
 */
public record RunOptions(int parallel, RetryPolicy retries, Missing missing) {
  /** What to do about stages whose inputs are not there. */
  public enum Missing {
    /** Nothing is run. */
    STOP,
    /** They are passed over, and what can be made is made. */
    PASS_OVER
  }

  public RunOptions {
    if (parallel < 1) {
      throw new IllegalArgumentException("Cannot run %d stages at once".formatted(parallel));
    }
  }

  /** One stage after the other, nothing if an input is missing. */
  public static RunOptions oneByOne() {
    return new RunOptions(1, RetryPolicy.STANDARD, Missing.STOP);
  }
}
