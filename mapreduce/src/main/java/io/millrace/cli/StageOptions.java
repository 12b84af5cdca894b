package io.millrace.cli;

import io.millrace.plan.PlanRequest;
import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.run.Workspace;
import io.millrace.spec.Spelling;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which stages a plan covers. */
final class StageOptions {
  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description =
          "Only this stage: clean, partials/GROUP, features/GROUP, join, training, train or score.")
  private Optional<String> stage = Optional.empty();

  @Option(names = "--force", description = "Make again what is up to date.")
  private boolean force;

  @Option(
      names = "--with-history",
      description = "Make what is missing or stale of earlier dates, too.")
  private boolean withHistory;

  PlanRequest request(Workspace workspace, DateOptions dates) {
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
    return new PlanRequest(
        dates.first(),
        dates.last(),
        stage
            .<PlanRequest.Stages>map(name -> new PlanRequest.Stages.One(find(name, workspace)))
            .orElse(new PlanRequest.Stages.Nightly()),
        force,
        withHistory);
  }

  private static StageId find(String name, Workspace workspace) {
    List<String> known =
        workspace.outline().stages().stream().map(StageOutline::id).map(StageId::toString).toList();
    if (!known.contains(name)) {
      String nearest =
          Spelling.nearest(name, known).map(near -> " Did you mean " + near + "?").orElse("");
      throw new UsageException(
          "There is no stage %s.%s The pipeline has: %s."
              .formatted(name, nearest, String.join(", ", known)));
    }
    return StageId.parse(name);
  }
}
