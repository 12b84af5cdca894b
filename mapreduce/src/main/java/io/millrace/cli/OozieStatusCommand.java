package io.millrace.cli;

import io.millrace.oozie.Bundle;
import io.millrace.oozie.NightStatus;
import io.millrace.oozie.OozieServer;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how the nights that Oozie runs are getting on. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "status",
    description = {
      "Shows the last nights that Oozie has started: what each waits for, which step is running, what is done, what failed and why; the trainings, too; and the commands that run again what failed or is stale.",
      "Changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  millrace oozie status pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --oozie http://host:11000/oozie",
      "  millrace oozie status pipeline.yaml … --days 60 --json"
    })
final class OozieStatusCommand implements Callable<Integer>, JsonResult {
  private static final int MOST_DAYS = 1000;
  private static final int DAYS_A_WEEK = 7;

  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private OozieOptions oozieOptions = new OozieOptions();

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "14",
      description = "How many nights to show, the newest (${DEFAULT-VALUE}).")
  private int days;

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  OozieStatusCommand(Console console) {
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
    if (days < 1 || days > MOST_DAYS) {
      throw new UsageException(
          "Cannot show %d nights: expected --days 1 to %d.".formatted(days, MOST_DAYS));
    }
    OozieServer server = oozieOptions.server();
    PipelineNights pipeline = PipelineNights.of(pipelineOptions);
    OozieStatusReport report = report(server, pipeline, bundle(server, pipeline));
    if (json) {
      console.printJson(report.toJson());
    } else {
      report.lines().forEach(console::print);
    }
    return ExitCode.DONE.code();
  }

  /** The one that is at work, else the newest. */
  private Bundle bundle(OozieServer server, PipelineNights pipeline) throws IOException {
    List<Bundle> bundles = pipeline.bundles(server);
    Optional<Bundle> shown =
        bundles.stream()
            .filter(bundle -> bundle.status().isActive())
            .findFirst()
            .or(() -> bundles.stream().findFirst());
    return server.bundle(
        shown
            .orElseThrow(
                () ->
                    new UsageException(
                        "Oozie at %s has no bundle of %s. Submit one:  millrace oozie submit %s %s"
                            .formatted(
                                server.url(),
                                pipeline.name(),
                                pipelineOptions.commandLine(),
                                oozieOptions.commandLine())))
            .id());
  }

  private OozieStatusReport report(OozieServer server, PipelineNights pipeline, Bundle bundle)
      throws IOException {
    Optional<OozieNights> nights = OozieNights.of(server, bundle, pipeline, false, days);
    return new OozieStatusReport(
        pipeline,
        new OozieRerun(server.url(), pipelineOptions, oozieOptions),
        bundle,
        nights,
        OozieNights.of(server, bundle, pipeline, true, days / DAYS_A_WEEK + 1),
        warehouse(pipeline.workspace(), nights));
  }

  /** How the partitions stand of the nights that have done their work. */
  private static Optional<Workspace.Status> warehouse(
      Workspace workspace, Optional<OozieNights> nights) throws IOException {
    LocalDate from = workspace.pipeline().spec().source().from();
    List<LocalDate> done =
        nights.stream()
            .flatMap(found -> found.nights().stream())
            .filter(night -> night.state() == NightStatus.State.DONE)
            .map(NightStatus::date)
            .filter(date -> !date.isBefore(from))
            .sorted()
            .toList();
    return done.isEmpty()
        ? Optional.empty()
        : Optional.of(workspace.status(done.get(0), done.get(done.size() - 1)));
  }
}
