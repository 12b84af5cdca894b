package io.millrace.cli;

import io.millrace.run.NewestDate;
import io.millrace.run.RecentFailures;
import io.millrace.run.Workspace;
import io.millrace.warehouse.Leases;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what stands, what is stale and why. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "status",
    description = {
      "Shows for each date and stage whether it is done, stale, missing, running or waits for input, why, who is at work on it since when, and the command that mends it.",
      "Without dates: the last 14 up to the newest that has partitions or raw input. Changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  millrace status pipeline.yaml --set landing=/data/in --set warehouse=/data/wh",
      "  millrace status pipeline.yaml … --from 2026-01-01 --to 2026-11-21"
    })
final class StatusCommand implements Callable<Integer>, JsonResult {
  private static final int DAYS_SHOWN = 14;

  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private DateOptions dates = new DateOptions();

  @Option(names = "--verbose", description = "One line a date, however many dates are alike.")
  private boolean verbose;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean wantsJson() {
    return json;
  }

  @Override
  public Map<String, Object> soFar() {
    return Map.of();
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    LocalDate from = workspace.pipeline().spec().source().from();
    LocalDate last = dates.isGiven() ? dates.last() : NewestDate.of(workspace).orElse(from);
    LocalDate first = dates.isGiven() ? dates.first() : last.minusDays(DAYS_SHOWN - 1L);
    if (last.isBefore(from)) {
      throw new UsageException(
          "There is nothing before %s, where the pipeline begins (source.from).".formatted(from));
    }
    if (last.isBefore(first)) {
      throw new UsageException(
          "Cannot look from %s to %s: the first date lies behind the last.".formatted(first, last));
    }
    Workspace.Status status = workspace.status(first.isBefore(from) ? from : first, last);
    StatusReport report =
        new StatusReport(
            workspace,
            status,
            RecentFailures.of(workspace.warehouse()),
            new AtWork(new Leases(workspace.warehouse()).holders(status.grid().stages())),
            pipelineOptions);
    if (json) {
      console.printJson(report.toJson());
    } else {
      report.lines(verbose).forEach(console::print);
    }
    return ExitCode.DONE.code();
  }
}
