package io.millrace.run;

import java.time.Duration;

/**
 * How a run goes about its plan.
 *
 * @param parallel how many stages run side by side
 * @param missing what becomes of a run some of whose inputs are missing
 * @param patience how long it waits for another run that works on the same stage and date
 */
public record RunOptions(int parallel, RetryPolicy retries, Missing missing, Duration patience) {
  /** How long a run waits for others where nobody says. */
  public static final Duration USUAL_PATIENCE = Duration.ofMinutes(2);

  /** What to do about stages whose inputs are not there. */
  public enum Missing {
    /** Nothing is run; where only a model has no version yet, all that does without is. */
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
    return new RunOptions(1, RetryPolicy.STANDARD, Missing.STOP, USUAL_PATIENCE);
  }
}
