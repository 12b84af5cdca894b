package io.millrace.cli;

import io.millrace.run.Workspace;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.oozie.ApplicationPlace;
import io.millrace.schedule.oozie.OozieApplication;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a pipeline's application for Oozie. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "render",
    description = {
      "Writes the application that lets Oozie run a pipeline as its `schedule` says: bundle, coordinators, workflows, job.properties, and the pipeline's own files, in one folder.",
      "It is checked against Oozie's schemas. The same pipeline gives the same files."
    },
    footer = {
      "",
      "Example:  millrace oozie render pipeline.yaml --set landing=hdfs:///landing --set warehouse=hdfs:///wh --to-folder nightly"
    })
final class OozieRenderCommand implements Callable<Integer> {
  private static final String LIB = "lib";
  private static final List<String> ALL_NAMES =
      List.of(
          OozieApplication.BUNDLE,
          OozieApplication.COORDINATOR,
          OozieApplication.JOB_PROPERTIES,
          OozieApplication.TRAINING_COORDINATOR,
          OozieApplication.TRAINING_WORKFLOW,
          OozieApplication.WORKFLOW);

  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private FirstNightOption firstNight = new FirstNightOption();

  @Option(
      names = "--to-folder",
      required = true,
      paramLabel = "FOLDER",
      description = "A folder of this machine; files of an earlier rendering are replaced.")
  private Path folder = Path.of("");

  @Option(
      names = "--app-path",
      paramLabel = "PATH",
      description =
          "Where the folder will lie on the cluster; left out: the pipeline's name, in the home folder of who submits it.")
  private Optional<String> app = Optional.empty();

  OozieRenderCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    ScheduledPipeline pipeline = pipelineOptions.scheduled(workspace);
    ApplicationPlace place =
        OozieRendering.place(
            workspace.configuration(),
            app.orElse("/user/${user.name}/" + pipeline.name()),
            firstNight.of(pipeline));
    OozieRendering rendering = OozieRendering.of(workspace, pipeline, place);
    write(rendering);
    rendering.files().keySet().forEach(name -> console.print(folder.resolve(name).toString()));
    Optional<Path> jar = bringJar();
    jar.ifPresent(path -> console.print(path.toString()));
    console.print("");
    console.print(
        "Look through %s%s. Then:"
            .formatted(
                OozieApplication.JOB_PROPERTIES,
                jar.isPresent() ? "" : ", and put the job jar into " + folder.resolve(LIB)));
    console.print("  hdfs dfs -put %s <app, as job.properties has it>".formatted(folder));
    console.print(
        "  oozie job -config %s -run".formatted(folder.resolve(OozieApplication.JOB_PROPERTIES)));
    console.print("`millrace oozie submit` does all of it.");
    return ExitCode.DONE.code();
  }

  /** Brings the job jar to where Oozie's launchers look for it. */
  private Optional<Path> bringJar() throws IOException {
    Optional<Path> jar = JobJar.path();
    if (jar.isEmpty()) {
      return Optional.empty();
    }
    Path lib = Files.createDirectories(folder.resolve(LIB));
    try (DirectoryStream<Path> earlier = Files.newDirectoryStream(lib, "millrace-*.jar")) {
      for (Path file : earlier) {
        Files.delete(file);
      }
    }
    return Optional.of(Files.copy(jar.get(), lib.resolve(jar.get().getFileName())));
  }

  private void write(OozieRendering rendering) throws IOException {
    for (String name : ALL_NAMES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    for (Map.Entry<String, byte[]> file : rendering.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
