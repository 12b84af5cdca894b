package io.millrace.cli;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.Production;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.security.UserGroupInformation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a version into production. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "promote",
    description = {
      "Has a version score every date from now on, whatever is trained later; `newest` leaves it to the rule again: the newest accepted version that was trained by the date.",
      "Scores that stand stay up to date."
    },
    footer = {
      "",
      "Examples:",
      "  millrace models promote pipeline.yaml 2026-11-15-1 --set …",
      "  millrace models promote pipeline.yaml newest --set …"
    })
final class ModelsPromoteCommand implements Callable<Integer>, JsonResult {
  private static final String NEWEST = "newest";

  private final Console console;

  @Mixin private ModelOptions options = new ModelOptions();

  @Parameters(index = "1", paramLabel = "VERSION", description = "Such as 2026-11-15-1, or newest.")
  private String version = "";

  @Option(names = "--force", description = "Also a version that was not accepted.")
  private boolean force;

  ModelsPromoteCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean wantsJson() {
    return options.wantsJson();
  }

  @Override
  public Map<String, Object> soFar() {
    return Map.of();
  }

  @Override
  public Integer call() throws IOException {
    RegisteredModel model = options.open();
    Optional<ModelVersion> wanted =
        version.equals(NEWEST) ? Optional.empty() : Optional.of(model.find(version));
    if (wanted.isPresent()) {
      requireAccepted(model.card(wanted.get()));
    }
    String user = user();
    Production decision =
        model.registry().decide(model.name(), versions -> versions.promote(wanted, user, now()));
    tell(console, options, model, decision);
    return ExitCode.DONE.code();
  }

  private void requireAccepted(ModelCard card) {
    if (force || card.isAccepted()) {
      return;
    }
    String unmet =
        card.acceptance().stream()
            .filter(condition -> !condition.met())
            .map(
                condition ->
                    "%s is %s, expected %s"
                        .formatted(
                            condition.metric(),
                            MetricText.of(condition.found()),
                            condition.expected()))
            .collect(Collectors.joining("; "));
    throw new UsageException(
        "Version %s of the model %s was not accepted: %s. To use it nevertheless, add --force."
            .formatted(card.version(), card.name(), unmet));
  }

  /** Says what is in production after a decision. */
  static void tell(
      Console console, ModelOptions options, RegisteredModel model, Production decision)
      throws IOException {
    RegisteredModel now =
        new RegisteredModel(
            model.registry(), model.name(), model.registry().versions(model.name()));
    if (options.wantsJson()) {
      console.printJson(
          Map.of(
              "model", model.name(),
              "decision", ModelsListCommand.json(decision),
              "production", now.productionJson()));
      return;
    }
    console.print(now.inProduction());
    if (decision.version() != null) {
      console.print(
          "Back to the newest accepted version:  millrace models promote %s newest"
              .formatted(options.commandLine()));
    }
  }

  static String user() throws IOException {
    return UserGroupInformation.getCurrentUser().getShortUserName();
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
