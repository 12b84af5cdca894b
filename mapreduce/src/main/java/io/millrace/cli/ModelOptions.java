package io.millrace.cli;

import io.millrace.run.Workspace;
import io.millrace.warehouse.ModelRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model a command is about. */
final class ModelOptions {
  @Mixin private PipelineOptions pipeline = new PipelineOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Which model of the warehouse; left out: the one that the pipeline trains.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  boolean wantsJson() {
    return json;
  }

  /** The model as it stands in the warehouse. */
  RegisteredModel open() throws IOException {
    Workspace workspace = pipeline.open();
    ModelRegistry registry = new ModelRegistry(workspace.warehouse());
    List<String> names = registry.names();
    Optional<String> chosen =
        name.or(
                () ->
                    workspace
                        .pipeline()
                        .training()
                        .map(training -> training.spec().model().name().value()))
            .or(() -> names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty());
    if (chosen.isEmpty()) {
      throw new UsageException(
          "The pipeline trains no model: say with --name which one is meant. The warehouse %s has: %s."
              .formatted(
                  workspace.warehouse().root(),
                  names.isEmpty() ? "none" : String.join(", ", names)));
    }
    if (name.isPresent() && !names.contains(name.get())) {
      throw new UsageException(
          "There is no model %s in the warehouse %s. It has: %s."
              .formatted(
                  name.get(),
                  workspace.warehouse().root(),
                  names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return new RegisteredModel(registry, chosen.get(), registry.versions(chosen.get()));
  }

  /** How the pipeline and its settings are written on a command line. */
  String commandLine() {
    return pipeline.commandLine() + name.map(given -> " --name " + given).orElse("");
  }

  /** The same for commands that know no models by name. */
  String pipelineCommandLine() {
    return pipeline.commandLine();
  }
}
