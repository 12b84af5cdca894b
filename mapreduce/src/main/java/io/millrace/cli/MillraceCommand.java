package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands are below. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "millrace",
    description = "Runs machine-learning pipelines, one pipeline.yaml each, as MapReduce jobs.",
    subcommands = {
      ValidateCommand.class,
      TestCommand.class,
      PlanCommand.class,
      StatusCommand.class,
      AwaitCommand.class,
      RunCommand.class,
      BackfillCommand.class,
      TrainCommand.class,
      ModelsCommand.class,
      OozieCommand.class,
      CronCommand.class,
      AirflowCommand.class,
      ShowCommand.class,
      ProfileCommand.class,
      ReferenceCommand.class,
      GenerateCommand.class,
      DemoCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done or up to date, 1 failed, 2 wrong usage or spec, 3 a data quality limit was exceeded,"
          + " 4 an input is missing (try again later), 5 another run holds the lease.",
      "",
      "Try it:  millrace demo"
    })
final class MillraceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command. Which one is wanted?");
  }
}
