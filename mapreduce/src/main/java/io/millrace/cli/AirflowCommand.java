package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the command about Airflow is below. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "airflow",
    description = "Lets Airflow run a pipeline as its `schedule` says.",
    subcommands = AirflowRenderCommand.class,
    footer = {
      "",
      "Example:  millrace airflow render pipeline.yaml --set landing=/data/in --set warehouse=/data/wh"
    })
final class AirflowCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command. Is it render that is wanted?");
  }
}
