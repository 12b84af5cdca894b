package io.millrace.cli;

import io.millrace.run.Workspace;
import io.millrace.schedule.NightlyCommands;
import io.millrace.schedule.ScheduledPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which pipeline is written for a scheduler that starts commands, and where to. */
final class RenderOptions {
  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private FirstNightOption firstNight = new FirstNightOption();

  @Option(
      names = "--to-file",
      paramLabel = "FILE",
      description =
          "A file of this machine, which is replaced, its folder made; left out: standard output.")
  private Optional<Path> file = Optional.empty();

  /**
   * Writes a text that is made of the pipeline.
   *
   * @return the file; empty where it went to standard output
   * @throws UsageException where the pipeline cannot be scheduled
   */
  Optional<Path> write(Console console, Function<NightlyCommands, String> text) throws IOException {
    String rendered = render(text);
    if (file.isEmpty()) {
      console.print(rendered.stripTrailing());
    } else {
      Files.createDirectories(file.get().toAbsolutePath().getParent());
      Files.writeString(file.get(), rendered, StandardCharsets.UTF_8);
    }
    return file;
  }

  private String render(Function<NightlyCommands, String> text) throws IOException {
    Workspace workspace = pipelineOptions.open();
    ScheduledPipeline pipeline = pipelineOptions.scheduled(workspace);
    // what is given with -D counts before the spec: where that has a queue, none is given
    Optional<String> queue =
        workspace.pipeline().spec().resources().queue().isPresent()
            ? Optional.empty()
            : pipeline.schedule().queue();
    NightlyCommands commands =
        new NightlyCommands(pipeline, spec(workspace), queue, firstNight.of(pipeline));
    try {
      return text.apply(commands);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** The spec's place as a scheduler in another folder sees it. */
  private static String spec(Workspace workspace) throws IOException {
    org.apache.hadoop.fs.Path spec = workspace.location().spec();
    Configuration configuration = workspace.configuration();
    FileSystem fileSystem = spec.getFileSystem(configuration);
    org.apache.hadoop.fs.Path whole = fileSystem.makeQualified(spec);
    return whole.toUri().getScheme().equals("file") ? whole.toUri().getPath() : whole.toString();
  }
}
