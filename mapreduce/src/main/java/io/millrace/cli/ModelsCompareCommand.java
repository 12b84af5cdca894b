package io.millrace.cli;

import io.millrace.model.card.ModelCard;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares two versions. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "compare",
    description =
        "Shows what two versions measured on test rows, side by side: on the same rows, where both were measured on them.",
    footer = {
      "",
      "Examples:",
      "  millrace models compare pipeline.yaml 2026-11-08-1 2026-11-15-1 --set …",
      "  millrace models compare pipeline.yaml production 2026-11-15-1 --set …"
    })
final class ModelsCompareCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private ModelOptions options = new ModelOptions();

  @Parameters(index = "1", paramLabel = "VERSION", description = "Such as 2026-11-08-1.")
  private String first = "";

  @Parameters(index = "2", paramLabel = "OTHER", description = "Such as 2026-11-15-1.")
  private String second = "";

  ModelsCompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean wantsJson() {
    return options.wantsJson();
  }

  @Override
  public Map<String, Object> soFar() {
    return Map.of();
  }

  @Override
  public Integer call() throws IOException {
    RegisteredModel model = options.open();
    ModelCard one = model.card(model.find(first));
    ModelCard other = model.card(model.find(second));
    ModelComparison comparison = ModelComparison.of(one, other);
    if (options.wantsJson()) {
      console.printJson(comparison.toJson());
    } else {
      comparison.lines().forEach(console::print);
    }
    return ExitCode.DONE.code();
  }
}
