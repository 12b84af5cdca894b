package io.millrace.cli;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCardCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows all that is known of a version. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "show",
    description =
        "Shows how a version was made and how good it is: conditions, metrics, weights, warnings. --json prints its model.json.",
    footer = {
      "",
      "Examples:",
      "  millrace models show pipeline.yaml --set landing=/data/in --set warehouse=/data/wh",
      "  millrace models show pipeline.yaml 2026-11-15-1 --set …"
    })
final class ModelsShowCommand implements Callable<Integer>, JsonResult {
  private final Console console;

  @Mixin private ModelOptions options = new ModelOptions();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      defaultValue = "production",
      description = "Such as 2026-11-15-1; left out: the one in production.")
  private String version = "";

  ModelsShowCommand(Console console) {
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
    ModelCard card = model.card(model.find(version));
    if (options.wantsJson()) {
      console.print(new String(ModelCardCodec.encode(card), StandardCharsets.UTF_8));
    } else {
      new ModelCardReport(card).lines().forEach(console::print);
      console.print("");
      console.print("File: " + model.registry().onnx(model.name(), card.version()));
      console.print(model.inProduction());
    }
    return ExitCode.DONE.code();
  }
}
