package io.millrace.cli;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
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
    footer = {
      "",
      "Exit codes: 0 done or up to date, 1 failed, 2 wrong usage or spec, 3 a data quality limit was exceeded,"
          + " 4 an input is missing (try again later), 5 another run holds the lease.",
      "",
      "Try it:  millrace demo"
    })
final class MillraceCommand implements Runnable {
  /** By name, in the order in which they are shown. */
  static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          entry("validate", ValidateCommand.class),
          entry("test", TestCommand.class),
          entry("plan", PlanCommand.class),
          entry("status", StatusCommand.class),
          entry("await", AwaitCommand.class),
          entry("run", RunCommand.class),
          entry("backfill", BackfillCommand.class),
          entry("train", TrainCommand.class),
          entry("models", ModelsCommand.class),
          entry("oozie", OozieCommand.class),
          entry("cron", CronCommand.class),
          entry("airflow", AirflowCommand.class),
          entry("show", ShowCommand.class),
          entry("profile", ProfileCommand.class),
          entry("reference", ReferenceCommand.class),
          entry("generate", GenerateCommand.class),
          entry("demo", DemoCommand.class));

  @Spec private CommandSpec spec;

  /**
   * The command that the arguments name, else all of them: to read the options of all takes half of
   * the time in which one is done.
   */
  static List<Class<?>> namedBy(String... arguments) {
    List<Class<?>> all = COMMANDS.stream().<Class<?>>map(Map.Entry::getValue).toList();
    return arguments.length == 0
        ? all
        : COMMANDS.stream()
            .filter(command -> command.getKey().equals(arguments[0]))
            .findFirst()
            .<List<Class<?>>>map(command -> List.of(command.getValue()))
            .orElse(all);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command. Which one is wanted?");
  }
}
