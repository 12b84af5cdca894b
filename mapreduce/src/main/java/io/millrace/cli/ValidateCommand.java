package io.millrace.cli;

import io.millrace.pipeline.Pipeline;
import io.millrace.run.Workspace;
import io.millrace.spec.SpecPrinter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a spec without touching data. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "validate",
    description =
        "Checks a pipeline.yaml, its schema and its model; says all that is wrong at once. Reads no data.",
    footer = {
      "",
      "Example:  millrace validate pipeline.yaml --set landing=/data/in --set warehouse=/data/wh"
    })
final class ValidateCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

  @Option(names = "--resolved", description = "Print the spec with all its defaults written out.")
  private boolean resolved;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean wantsJson() {
    return json;
  }

  @Override
  public Map<String, Object> soFar() {
    return Map.of("valid", false);
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    Pipeline pipeline = workspace.pipeline();
    if (json) {
      console.printJson(summary(pipeline));
    } else if (resolved) {
      console.print(SpecPrinter.print(pipeline.spec()).stripTrailing());
    } else {
      console.print(pipeline.spec().name() + " is valid.");
      TextTable table = new TextTable("data set", "columns");
      columns(pipeline).forEach((dataSet, names) -> table.add(dataSet, String.join(", ", names)));
      table.lines().forEach(console::print);
    }
    return ExitCode.DONE.code();
  }

  private static Map<String, Object> summary(Pipeline pipeline) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("pipeline", pipeline.spec().name().value());
    summary.put("valid", true);
    summary.put("columns", columns(pipeline));
    return summary;
  }

  private static Map<String, List<String>> columns(Pipeline pipeline) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    columns.put("clean", pipeline.cleaning().rows().names());
    pipeline
        .groups()
        .forEach(group -> columns.put("features/" + group.name(), group.featureType().names()));
    pipeline.training().ifPresent(bound -> columns.put("training", bound.rows().names()));
    pipeline.scoring().ifPresent(bound -> columns.put("scores", bound.scoring().scores().names()));
    return columns;
  }
}
