package io.millrace.cli;

import io.millrace.plan.PlanRequest;
import io.millrace.run.Workspace;
import java.time.LocalDate;
import picocli.CommandLine.Option;

/** What beside the missing and stale partitions of the dates asked for is made. */
final class ExtentOptions {
  @Option(names = "--force", description = "Make again what is up to date.")
  private boolean force;

  @Option(
      names = "--with-history",
      description = "Make what is missing or stale of earlier dates, too.")
  private boolean withHistory;

  PlanRequest request(Workspace workspace, DateOptions dates, PlanRequest.Stages stages) {
    LocalDate from = workspace.pipeline().spec().source().from();
    if (dates.first().isBefore(from)) {
      throw new UsageException(
          "Cannot run %s: the pipeline begins on %s (source.from). Give a later date, or an earlier source.from."
              .formatted(dates.first(), from));
    }
    if (dates.last().isBefore(dates.first())) {
      throw new UsageException(
          "Cannot run from %s to %s: the first date lies behind the last."
              .formatted(dates.first(), dates.last()));
    }
    return new PlanRequest(dates.first(), dates.last(), stages, force, withHistory);
  }
}
