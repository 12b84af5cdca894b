package io.millrace.bench;

import io.millrace.bench.engine.Columns;
import io.millrace.bench.engine.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Millrace as users run it: scripts/millrace, one process, or the client of a cluster. */
final class MillraceEngine implements Engine {
  private final Path command;
  private final Path schema;
  private final Folders folders;

  /**
   * @param schema the Avro schema of the raw files
   */
  MillraceEngine(Path command, Path schema, Folders folders) {
    this.command = command;
    this.schema = schema;
    this.folders = folders;
  }

  @Override
  public String name() {
    return "millrace";
  }

  @Override
  public Path warehouse(Layout layout) {
    return folders.warehouse(name(), layout);
  }

  @Override
  public String suffix() {
    return ".avro";
  }

  @Override
  public List<List<String>> preparation(Case work, Site site) {
    Path pipeline = pipeline(work.layout(), Optional.empty());
    List<List<String>> commands = new ArrayList<>();
    switch (work.layout()) {
      case LOAD -> {
        commands.add(run(pipeline, "--date", Layout.NIGHT.minusDays(1).toString()));
        if (!work.steps().contains(Step.CLEAN)) {
          commands.add(run(pipeline, "--date", Layout.NIGHT.toString(), "--stage", "clean"));
        }
      }
      case DAILY -> {
        for (String stage : List.of("clean", "partials/card", "partials/terminal")) {
          commands.add(
              run(
                  pipeline,
                  "--from",
                  Layout.FIRST_DAY.toString(),
                  "--to",
                  Layout.NIGHT.toString(),
                  "--stage",
                  stage));
        }
      }
    }
    return commands;
  }

  @Override
  public List<String> command(Case work) {
    boolean scores = work.steps().contains(Step.SCORE);
    Path pipeline = pipeline(work.layout(), scores ? Optional.of(work.model()) : Optional.empty());
    String date = Layout.NIGHT.toString();
    return switch (work) {
      case CLEAN -> run(pipeline, "--date", date, "--stage", "clean");
      case SCORE_LOGISTIC, SCORE_TREES -> run(pipeline, "--date", date, "--stage", "score");
      case FEATURES_DAY, FEATURES_30D, NIGHT -> run(pipeline, "--date", date);
    };
  }

  @Override
  public List<String> intermediates(Case work) {
    return switch (work) {
      case FEATURES_DAY, NIGHT -> List.of("partials/card", "partials/terminal");
      case CLEAN, FEATURES_30D, SCORE_LOGISTIC, SCORE_TREES -> List.of();
    };
  }

  private List<String> run(Path pipeline, String... options) {
    List<String> all = new ArrayList<>(List.of(command.toString(), "run", pipeline.toString()));
    all.addAll(List.of(options));
    return all;
  }

  /** Writes the pipeline of a layout, with scores where there is a model. */
  private Path pipeline(Layout layout, Optional<Model> model) {
    try (InputStream template = MillraceEngine.class.getResourceAsStream("pipeline.yaml")) {
      String text =
          new String(template.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@warehouse@", warehouse(layout).toString())
              .replace("@landing@", folders.landing(layout).toString())
              .replace("@schema@", schema.toString())
              .replace("@from@", layout.first().toString());
      String name = layout.folder() + model.map(each -> "-" + each.title()).orElse("");
      Path file = folders.root().resolve(name + ".yaml");
      Files.writeString(file, text + model.map(this::score).orElse(""));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String score(Model model) {
    return """
    score:
      rows: events
      model: %s
      inputs: [%s]
      missing: %s
      output: %s
      keep: [txn_id, card_id, amount]
      fail_above: 0.1%%
    """
        .formatted(
            folders.model(model),
            String.join(", ", Columns.inputs()),
            Float.isNaN(model.missing()) ? "nan" : "0",
            Models.OUTPUT);
  }
}
