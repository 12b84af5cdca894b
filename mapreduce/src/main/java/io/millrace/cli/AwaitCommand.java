package io.millrace.cli;

import io.millrace.landing.Arrival.State;
import io.millrace.run.InputMissingException;
import io.millrace.run.InputWait;
import io.millrace.run.InputWait.Limits;
import io.millrace.run.InputWait.Outcome;
import io.millrace.run.Workspace;
import io.millrace.spec.ScheduleSpec;
import io.millrace.spec.SourceSpec;
import io.millrace.spec.SourceSpec.Landed.DoneFlag;
import io.millrace.warehouse.LandingPlace;
import io.millrace.warehouse.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits until the input of a date has landed. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "await",
    description = {
      "Waits until the input of a date has landed: its done-flag is there, or its files have settled (`source.done_flag`, `source.settle`).",
      "Ends with exit code 4 where it has not landed in time; where nothing came at all and the source says `missing: empty`, with 0."
    },
    footer = {
      "",
      "Examples:",
      "  millrace await pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --date 2026-11-21 --for 6h",
      "  millrace await pipeline.yaml … --date 2026-11-21 --for 0 --until 2026-11-22T09:00:00+01:00"
    })
final class AwaitCommand implements Callable<Integer> {
  private static final Duration STANDARD_WAIT = Duration.ofHours(6);

  private final Console console;
  private final Ticker ticker;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

  @Option(
      names = "--date",
      required = true,
      paramLabel = "DATE",
      description = "The landing date, such as 2026-11-21.")
  private LocalDate date = LocalDate.EPOCH;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description =
          "How long to wait, such as 6h; 0 looks once. Left out: up to --until, else `schedule.wait_for_input`, else 6h. Files that are there when the time is over are given the time to settle.")
  private Optional<Duration> atMost = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "When to wait no longer, such as 2026-11-22T09:00:00Z. Before it, absent input is never taken for a date without records.")
  private Optional<Instant> until = Optional.empty();

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "From look to look (default: $${DEFAULT-VALUE}).")
  private Duration every = Duration.ofSeconds(30);

  private String told = "";

  AwaitCommand(Console console) {
    this(console, Ticker.system());
  }

  AwaitCommand(Console console, Ticker ticker) {
    this.console = console;
    this.ticker = ticker;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Workspace workspace = pipelineOptions.open();
    SourceSpec source = workspace.pipeline().spec().source();
    LocalDate from = source.from();
    if (date.isBefore(from)) {
      throw new UsageException(
          "Cannot await the input of %s: the pipeline begins on %s (`source.from`)."
              .formatted(date, from));
    }
    LandingPlace place = InputWait.place(workspace, date);
    refuseFlagOfAFile(source, place);
    Duration limit = limit(workspace);
    Outcome outcome =
        new InputWait(source, place, ticker, this::tell).await(new Limits(limit, until, every));
    if (outcome instanceof Outcome.NotLanded notLanded) {
      throw new InputMissingException(
          "The input of %s has not landed: %s (looked for in %s, waited %s). Run the same command again to wait on."
              .formatted(date, AwaitText.of(notLanded.last()), place, AwaitText.of(limit)));
    }
    console.say(
        outcome instanceof Outcome.Landed landed
            ? "The input of %s has landed: %s in %s."
                .formatted(date, AwaitText.files(landed.files()), place)
            : "Nothing has landed of %s in %s; the source says `missing: empty`, so the date counts as one without records."
                .formatted(date, place));
    return ExitCode.DONE.code();
  }

  private void refuseFlagOfAFile(SourceSpec source, LandingPlace place) throws IOException {
    if (source.landed() instanceof DoneFlag flag && place.isOneFile()) {
      throw new UsageException(
          "Cannot look for the done-flag %s of %s: %s is a file, and no folder. Leave `source.done_flag` out, and it counts when it has settled."
              .formatted(flag.name(), date, place));
    }
  }

  private Duration limit(Workspace workspace) {
    Optional<Duration> toUntil =
        until.map(end -> Duration.between(ticker.now(), end)).map(AwaitCommand::notNegative);
    if (atMost.isPresent()) {
      return toUntil.filter(left -> left.compareTo(atMost.get()) < 0).orElse(atMost.get());
    }
    return toUntil.orElseGet(
        () ->
            workspace
                .pipeline()
                .spec()
                .schedule()
                .map(ScheduleSpec::waitForInput)
                .orElse(STANDARD_WAIT));
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** A line for each thing that is new; on a terminal the time that is left, too. */
  private void tell(State state, Duration left) {
    String news = AwaitText.news(state);
    if (!news.equals(told)) {
      console.say("Waiting for the input of %s: %s.".formatted(date, AwaitText.of(state)));
      told = news;
    }
    console.status("%s; %s".formatted(AwaitText.of(state), AwaitText.left(state, left)));
  }
}
