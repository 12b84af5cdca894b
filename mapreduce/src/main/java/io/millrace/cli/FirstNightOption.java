package io.millrace.cli;

import io.millrace.schedule.ScheduledPipeline;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/** With which landing date a schedule that is written begins. */
final class FirstNightOption {
  @Option(
      names = "--from",
      paramLabel = "DATE",
      description =
          "The landing date of the first night; left out: the pipeline's first (source.from).")
  private Optional<LocalDate> from = Optional.empty();

  /**
   * The landing date of the first night.
   *
   * @throws UsageException where it lies before the pipeline's first
   */
  LocalDate of(ScheduledPipeline pipeline) {
    return checked(from.orElse(pipeline.from()), pipeline);
  }

  /**
   * The same date.
   *
   * @throws UsageException where it lies before the pipeline's first
   */
  static LocalDate checked(LocalDate first, ScheduledPipeline pipeline) {
    if (first.isBefore(pipeline.from())) {
      throw new UsageException(
          "Cannot begin with %s: the pipeline begins on %s (source.from). Give a later date, or an earlier source.from."
              .formatted(first, pipeline.from()));
    }
    return first;
  }
}
