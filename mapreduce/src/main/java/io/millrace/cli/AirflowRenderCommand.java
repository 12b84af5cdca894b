package io.millrace.cli;

import io.millrace.schedule.airflow.AirflowDags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a pipeline's nights and trainings for Airflow. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "render",
    description = {
      "Writes a Python file for Apache Airflow 2 or 3 that runs a pipeline as its `schedule` says: one DAG of the nights, and one of the trainings where there are some.",
      "Workers start `millrace`, or what their environment has as MILLRACE. The same pipeline gives the same file."
    },
    footer = {
      "",
      "Example:  millrace airflow render pipeline.yaml --set landing=hdfs:///landing --set warehouse=hdfs:///wh --to-file dags/card_fraud.py"
    })
final class AirflowRenderCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RenderOptions options = new RenderOptions();

  AirflowRenderCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> file = options.write(console, AirflowDags::render);
    file.ifPresent(
        path ->
            console.say(
                "%s is written. Put it into Airflow's folder of DAGs; new ones begin paused."
                    .formatted(path)));
    return ExitCode.DONE.code();
  }
}
