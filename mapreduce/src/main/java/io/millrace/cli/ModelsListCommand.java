package io.millrace.cli;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.Production;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the versions of a model. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "list",
    description =
        "Lists the versions of a model, the newest first: whether they were accepted, how they did on their test rows, and which one scores.",
    footer = {
      "",
      "Example:  millrace models list pipeline.yaml --set landing=/data/in --set warehouse=/data/wh"
    })
final class ModelsListCommand implements Callable<Integer>, JsonResult {
  private static final int METRICS_SHOWN = 4;

  private final Console console;

  @Mixin private ModelOptions options = new ModelOptions();

  ModelsListCommand(Console console) {
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
    List<ModelCard> cards = new ArrayList<>();
    for (ModelVersion version : model.versions().all()) {
      cards.add(0, model.card(version));
    }
    if (options.wantsJson()) {
      console.printJson(json(model, cards));
      return ExitCode.DONE.code();
    }
    if (cards.isEmpty()) {
      console.print(
          "There is no version of the model %s yet. Train one:  millrace train %s --date DATE"
              .formatted(model.name(), options.pipelineCommandLine()));
      return ExitCode.DONE.code();
    }
    table(model, cards).lines().forEach(console::print);
    console.print("");
    console.print(model.inProduction());
    for (Production decision : model.registry().decisions(model.name())) {
      console.print(text(decision));
    }
    return ExitCode.DONE.code();
  }

  private static TextTable table(RegisteredModel model, List<ModelCard> cards) {
    List<String> metrics = MetricText.main(cards, METRICS_SHOWN);
    List<String> header = new ArrayList<>(List.of("version", "kind", "accepted"));
    header.addAll(metrics);
    header.add("");
    TextTable table = new TextTable(header);
    Optional<ModelVersion> production = model.versions().inProduction().found();
    for (ModelCard card : cards) {
      List<String> row =
          new ArrayList<>(
              List.of(card.version().toString(), card.kind(), card.isAccepted() ? "yes" : "no"));
      metrics.forEach(metric -> row.add(MetricText.of(MetricText.test(card, metric).orElse(null))));
      row.add(production.equals(Optional.of(card.version())) ? "in production" : "");
      table.add(row);
    }
    return table;
  }

  /** What somebody decided, in a line. */
  static String text(Production decision) {
    String what =
        decision.version() == null ? "the newest accepted version" : decision.version().toString();
    return "%s: %s %s, %s"
        .formatted(
            decision.at(),
            switch (decision.action()) {
              case PROMOTE -> "promoted";
              case ROLLBACK -> "rolled back to";
            },
            what,
            decision.by());
  }

  private static Map<String, Object> json(RegisteredModel model, List<ModelCard> cards)
      throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model.name());
    json.put("production", model.productionJson());
    List<Map<String, Object>> versions = new ArrayList<>();
    List<String> metrics = MetricText.main(cards, Integer.MAX_VALUE);
    for (ModelCard card : cards) {
      Map<String, Object> version = new LinkedHashMap<>();
      version.put("version", card.version().toString());
      version.put("kind", card.kind());
      version.put("accepted", card.isAccepted());
      Map<String, Object> test = new LinkedHashMap<>();
      metrics.forEach(
          metric -> MetricText.test(card, metric).ifPresent(value -> test.put(metric, value)));
      version.put("test", test);
      versions.add(version);
    }
    json.put("versions", versions);
    json.put(
        "decisions",
        model.registry().decisions(model.name()).stream().map(ModelsListCommand::json).toList());
    return json;
  }

  static Map<String, Object> json(Production decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("action", decision.action().name().toLowerCase(Locale.ROOT));
    json.put("version", decision.version() == null ? null : decision.version().toString());
    json.put("before", decision.before() == null ? null : decision.before().toString());
    json.put("by", decision.by());
    json.put("at", decision.at().toString());
    return json;
  }
}
