package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands about Oozie are below. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "oozie",
    description = "Lets Oozie run a pipeline every night, and shows how its nights are getting on.",
    subcommands = {OozieRenderCommand.class, OozieSubmitCommand.class, OozieStatusCommand.class},
    footer = {"", "Example:  millrace oozie status pipeline.yaml --set warehouse=/data/wh"})
final class OozieCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command. Which one is wanted: render, submit or status?");
  }
}
