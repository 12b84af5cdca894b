package io.millrace.cli;

import io.millrace.run.Workspace;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Scheduling;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command needs that works on a pipeline. */
final class PipelineOptions {
  private static final Pattern SHARE =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,12})?|\\.\\d{1,12})\\s*(%?)");

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

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      description =
          "Only this share of the entities, such as 1%%, in a warehouse of their own below the pipeline's.")
  private Optional<String> sample = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "GROUP|COLUMN",
      description =
          "Whose entities --sample counts: those of a feature group, or by a column of the clean rows; left out: of the first group.")
  private Optional<String> by = Optional.empty();

  @Mixin private HadoopOptions hadoop = new HadoopOptions();

  /** The pipeline, parsed and bound, and its warehouse. */
  Workspace open() throws IOException {
    return open(spec);
  }

  /** Another pipeline, with the same settings. */
  Workspace open(String other) throws IOException {
    try {
      Workspace workspace = Workspace.open(other, settings, hadoop.configuration());
      return sample.isPresent() ? sampled(workspace, sample.get()) : all(workspace);
    } catch (FileNotFoundException e) {
      throw new UsageException("Cannot read the pipeline: " + e.getMessage());
    }
  }

  private Workspace sampled(Workspace workspace, String share) throws IOException {
    try {
      return workspace.sampled(share(share), by);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private Workspace all(Workspace workspace) {
    if (by.isPresent()) {
      throw new UsageException("--by says whose entities --sample counts; give --sample 1%, too.");
    }
    return workspace;
  }

  private static BigDecimal share(String text) {
    Matcher share = SHARE.matcher(text.strip());
    if (!share.matches()) {
      throw new UsageException(
          "Cannot read the share %s: expected for example --sample 1%% or --sample 0.01"
              .formatted(text));
    }
    BigDecimal number = new BigDecimal(share.group(1));
    return share.group(2).isEmpty() ? number : number.movePointLeft(2);
  }

  /**
   * What schedulers have to know of the pipeline.
   *
   * @throws UsageException where it has no {@code schedule}
   */
  ScheduledPipeline scheduled(Workspace workspace) throws IOException {
    String yaml = new String(workspace.location().readSpec(), StandardCharsets.UTF_8);
    try {
      return Scheduling.of(
          workspace.pipeline(),
          workspace.outline(),
          workspace.location().spec().toString(),
          yaml,
          settings);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
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
    sample.ifPresent(share -> text.append(" --sample ").append(share));
    by.ifPresent(whose -> text.append(" --by ").append(whose));
    return text.toString();
  }
}
