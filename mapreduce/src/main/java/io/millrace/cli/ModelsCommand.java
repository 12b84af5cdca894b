package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands about registered models are below. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "models",
    description =
        "The versions of a model that `millrace train` has registered: which there are, how good they are, and which one scores.",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsCompareCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class
    },
    footer = {"", "Example:  millrace models list pipeline.yaml --set warehouse=/data/wh"})
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command. Which one is wanted: list, show, compare, promote or rollback?");
  }
}
