package io.millrace.cli;

import io.millrace.plan.PlanRequest;
import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.run.Workspace;
import io.millrace.spec.Spelling;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which stages a plan covers. */
final class StageOptions {
  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description =
          "Only this stage: clean, partials/GROUP, features/GROUP, join, training, train or score.")
  private Optional<String> stage = Optional.empty();

  @Mixin private ExtentOptions extent = new ExtentOptions();

  PlanRequest request(Workspace workspace, DateOptions dates) {
    return extent.request(
        workspace,
        dates,
        stage
            .<PlanRequest.Stages>map(name -> new PlanRequest.Stages.One(find(name, workspace)))
            .orElse(new PlanRequest.Stages.Nightly()));
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
