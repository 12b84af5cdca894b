package io.millrace.run;

import io.millrace.job.io.PassingFailure;
import io.millrace.warehouse.LeaseLostException;
import java.util.Optional;

/**
 * Which failures of a stage are worth another try: those that can pass, and inputs that changed
 * while they were read. Never wrong input, a limit of quality, or what a task will stumble over
 * again.
 */
final class Retryable {
  private Retryable() {}

  /** Why a failure is worth another try, in words; empty where it is not. */
  static Optional<String> reason(Exception failure) {
    if (failure instanceof StageFailedException failed) {
      return failed.mayPass();
    }
    if (failure instanceof InputMissingException missing) {
      return missing.changed()
          ? Optional.of("an input changed while it was read")
          : Optional.empty();
    }
    if (failure instanceof LeaseLostException) {
      // it waits for the other run then, and mostly finds the stage done
      return Optional.of("another run has taken it over");
    }
    if (failure instanceof QualityLimitException || failure instanceof BlockedException) {
      return Optional.empty();
    }
    return PassingFailure.reason(failure);
  }
}
