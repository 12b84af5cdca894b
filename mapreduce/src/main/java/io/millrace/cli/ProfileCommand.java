package io.millrace.cli;

import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.run.ProfileReader;
import io.millrace.run.Workspace;
import io.millrace.spec.Spelling;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the columns of clean rows or features are like. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "profile",
    description =
        "Shows what the columns of clean rows or of a group's features are like, over one date or several:"
            + " NULLs, different values, extremes, means, quantiles, most frequent values.",
    footer = {
      "",
      "Examples:",
      "  millrace profile pipeline.yaml clean --set … --date 2026-11-21",
      "  millrace profile pipeline.yaml card --set … --from 2026-11-01 --to 2026-11-30 --json"
    })
final class ProfileCommand implements Callable<Integer> {
  private static final int DATES_NAMED = 5;

  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

  @Parameters(
      index = "1",
      paramLabel = "ROWS",
      description = "clean, or the name of a feature group.")
  private String rows = "";

  @ArgGroup(multiplicity = "0..1")
  private DateOptions.Choice dates;

  @Option(names = "--json", description = "Print the profile as JSON.")
  private boolean json;

  ProfileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    StageId stage = stage(workspace);
    LocalDate first = dates == null ? newest(workspace, stage) : dates.first();
    LocalDate last = dates == null ? first : dates.last();
    ProfileReader profile = ProfileReader.read(workspace, stage, first, last);
    if (profile.dates().isEmpty()) {
      throw new UsageException(nothing(stage, first, last, profile));
    }
    ProfileReport report = new ProfileReport(stage.mainDataSet(), profile);
    if (json) {
      console.printJson(report.toJson());
    } else {
      report.lines().forEach(console::print);
    }
    if (!profile.without().isEmpty()) {
      console.say("Not in it, as they have no profile: " + named(profile.without()));
    }
    return ExitCode.DONE.code();
  }

  private static String nothing(
      StageId stage, LocalDate first, LocalDate last, ProfileReader profile) {
    String range = first.equals(last) ? "of " + first : "from %s to %s".formatted(first, last);
    return profile.without().isEmpty()
        ? "There is no %s %s. Make it with `millrace run`.".formatted(stage.mainDataSet(), range)
        : "There is no profile of %s %s: it was made with `profile: false`, or by a version that made none. `millrace run … --stage %s --force` makes one."
            .formatted(stage.mainDataSet(), range, stage);
  }

  private static String named(List<LocalDate> days) {
    int more = days.size() - DATES_NAMED;
    return days.stream()
            .limit(DATES_NAMED)
            .map(LocalDate::toString)
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more dates".formatted(more) : "");
  }

  private StageId stage(Workspace workspace) {
    List<StageId> stages =
        workspace.outline().stages().stream()
            .map(StageOutline::id)
            .filter(stage -> stage.profile().isPresent())
            .toList();
    List<String> names = stages.stream().map(ProfileCommand::name).toList();
    int found = names.indexOf(rows.substring(rows.indexOf('/') + 1));
    if (found < 0) {
      String nearest =
          Spelling.nearest(rows, names).map(near -> " Did you mean " + near + "?").orElse("");
      throw new UsageException(
          "There are no profiles of %s.%s The pipeline has: %s."
              .formatted(rows, nearest, String.join(", ", names)));
    }
    return stages.get(found);
  }

  private static String name(StageId stage) {
    return stage.group().orElseGet(stage::toString);
  }

  private static LocalDate newest(Workspace workspace, StageId stage) throws IOException {
    List<LocalDate> made = workspace.warehouse().dates(stage.mainDataSet());
    if (made.isEmpty()) {
      throw new UsageException(
          "There is nothing of %s in %s yet. Make it with `millrace run`."
              .formatted(stage.mainDataSet(), workspace.warehouse().root()));
    }
    return made.get(made.size() - 1);
  }
}
