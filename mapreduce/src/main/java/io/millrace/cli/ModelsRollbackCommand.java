package io.millrace.cli;

import io.millrace.model.card.Production;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a version out of production. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "rollback",
    description = {
      "Undoes the last promotion; where there was none, the accepted version before the one in production scores every date from now on.",
      "Scores that stand stay up to date."
    },
    footer = {"", "Example:  millrace models rollback pipeline.yaml --set …"})
final class ModelsRollbackCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private ModelOptions options = new ModelOptions();

  ModelsRollbackCommand(Console console) {
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
    String user = ModelsPromoteCommand.user();
    try {
      Production decision =
          model
              .registry()
              .decide(
                  model.name(), versions -> versions.rollback(user, ModelsPromoteCommand.now()));
      ModelsPromoteCommand.tell(console, options, model, decision);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + ".");
    }
    return ExitCode.DONE.code();
  }
}
