package io.millrace.cli;

import io.millrace.schedule.cron.CronScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a pipeline's nights and trainings for cron. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "render",
    description = {
      "Writes a script for cron that runs a pipeline as its `schedule` says; its first lines have what goes into the crontab.",
      "It starts `millrace`, or what its environment has as MILLRACE. The same pipeline gives the same script."
    },
    footer = {
      "",
      "Example:  millrace cron render pipeline.yaml --set landing=hdfs:///landing --set warehouse=hdfs:///wh --to-file card-fraud-nights"
    })
final class CronRenderCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RenderOptions options = new RenderOptions();

  CronRenderCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> file = options.write(console, CronScript::render);
    if (file.isPresent()) {
      boolean executable = file.get().toFile().setExecutable(true);
      console.say(
          "%s is written%s. Its first lines say what goes into the crontab."
              .formatted(file.get(), executable ? "" : "; make it executable"));
    }
    return ExitCode.DONE.code();
  }
}
