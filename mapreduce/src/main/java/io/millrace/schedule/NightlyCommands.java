package io.millrace.schedule;

import io.millrace.spec.DurationReader;
import io.millrace.spec.ScheduleSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A pipeline for schedulers that start its commands on a machine of theirs.
 *
 * @param spec where the spec lies, as seen from there
 * @param queue of YARN that the commands ask for, where the spec itself names none
 * @param first the landing date of the first night
 */
public record NightlyCommands(
    ScheduledPipeline pipeline, String spec, Optional<String> queue, LocalDate first) {
  /** What stands behind the command: the spec, its settings, the queue; what belongs together. */
  public List<List<String>> pipelineArguments() {
    List<List<String>> arguments = new ArrayList<>(List.of(List.of(spec)));
    pipeline
        .settings()
        .forEach((name, value) -> arguments.add(List.of("--set", name + "=" + value)));
    queue.ifPresent(name -> arguments.add(List.of("-D", "mapreduce.job.queuename=" + name)));
    return List.copyOf(arguments);
  }

  /** Which day a night works on, behind "what landed". */
  public String dayWords() {
    return switch (schedule().process()) {
      case YESTERDAY -> "on the day before";
      case TODAY -> "on that day";
    };
  }

  /** A sentence about the training, with a blank before it; empty where there is none. */
  public String trainingSentence() {
    return pipeline
        .training()
        .map(
            training ->
                " On %ss the model is trained, too."
                    .formatted(capital(training.day().name().toLowerCase(Locale.ROOT))))
        .orElse("");
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** What becomes of a failure that can pass. */
  public String retryWords() {
    int retries = schedule().retries();
    return retries == 0
        ? "not tried again, as `schedule.retries` is 0"
        : "tried again %s, every %s"
            .formatted(retries == 1 ? "once" : retries + " times", everyWords());
  }

  /** How long lies between two tries: {@code 10m}. */
  public String everyWords() {
    return DurationReader.text(schedule().retryEvery());
  }

  private ScheduleSpec schedule() {
    return pipeline.schedule();
  }
}
