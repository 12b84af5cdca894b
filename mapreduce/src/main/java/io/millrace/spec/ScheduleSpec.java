package io.millrace.spec;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * When a pipeline runs by itself. Decides nothing of what is made.
 *
 * @param at local time in the pipeline's zone, in whole minutes
 * @param process the landing date that a night works on
 * @param train the weekday on which a model is trained
 * @param waitForInput how long a night waits for the input of its date
 * @param doneWithin how long after {@code at} a night should be over
 * @param retries how often a step is tried again that failed in a way that can pass
 * @param daysAtOnce how many nights may be worked on side by side
 * @param queue of YARN; the cluster's default where empty
 * @param mail addresses that are told of failures
 */
public record ScheduleSpec(
    LocalTime at,
    Process process,
    Optional<Located<DayOfWeek>> train,
    Duration waitForInput,
    Duration doneWithin,
    int retries,
    Duration retryEvery,
    int daysAtOnce,
    Optional<String> queue,
    List<String> mail) {
  public ScheduleSpec {
    mail = List.copyOf(mail);
  }

  /** Which landing date a night works on that starts on day N. */
  @SuppressWarnings("JavaLangClash") // the word of the key
  public enum Process {
    /** N-1. */
    YESTERDAY,
    /** N. */
    TODAY;

    /** How many days the landing date lies before the day of the start. */
    public int daysBack() {
      return switch (this) {
        case YESTERDAY -> 1;
        case TODAY -> 0;
      };
    }
  }
}
