package io.millrace.cli;

import io.millrace.run.Workspace;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command needs that works on a pipeline. */
final class PipelineOptions {
  @Parameters(
      paramLabel = "PIPELINE",
      description =
          "The pipeline.yaml: a file of this machine, or a URI of any Hadoop file system.")
  private String spec = "";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "What $${NAME} in the spec stands for. May be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private HadoopOptions hadoop = new HadoopOptions();

  /** The pipeline, parsed and bound, and its warehouse. */
  Workspace open() throws IOException {
    return open(spec);
  }

  /** Another pipeline, with the same settings. */
  Workspace open(String other) throws IOException {
    try {
      return Workspace.open(other, settings, hadoop.configuration());
    } catch (FileNotFoundException e) {
      throw new UsageException("Cannot read the pipeline: " + e.getMessage());
    }
  }

  /**
   * How the spec and its settings are written on a command line, for the commands that messages
   * suggest.
   */
  String commandLine() {
    StringBuilder text = new StringBuilder(spec);
    settings.forEach(
        (name, value) -> text.append(" --set ").append(name).append('=').append(value));
    return text.toString();
  }
}
