package io.millrace.cli;

import io.millrace.plan.StageId;
import io.millrace.plan.StageOutline;
import io.millrace.run.PartitionReader;
import io.millrace.run.Workspace;
import io.millrace.spec.Spelling;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.lang3.StringUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows rows of what was made. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "show",
    description =
        "Shows rows of a data set as a table: clean, quarantine/clean, partials/GROUP, features/GROUP, scores…",
    footer = {
      "",
      "Examples:",
      "  millrace show pipeline.yaml quarantine/clean --set … --date 2026-11-21",
      "  millrace show pipeline.yaml scores --set … --date 2026-11-21 --top score --limit 10",
      "  millrace show pipeline.yaml features/card --set … --columns card_id,card_amount_mean_7d"
    })
final class ShowCommand implements Callable<Integer> {
  private static final int WIDEST_CELL = 200;

  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();

  @Parameters(index = "1", paramLabel = "DATASET", description = "Which data set.")
  private String dataSet = "";

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "Which date; left out: the newest that there is.")
  private Optional<LocalDate> date = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many rows at most (${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Only these columns.")
  private List<String> columns = List.of();

  @Option(
      names = "--where",
      paramLabel = "COLUMN=TEXT",
      description = "Only rows whose column shows this text. May be given several times.")
  private Map<String, String> where = new LinkedHashMap<>();

  @Option(
      names = "--top",
      paramLabel = "COLUMN",
      description = "The rows with the greatest values of a column.")
  private Optional<String> top = Optional.empty();

  @Option(names = "--json", description = "One JSON object a line instead of a table.")
  private boolean json;

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Workspace workspace = pipelineOptions.open();
    requireDataSet(workspace);
    LocalDate shown = date.isPresent() ? date.get() : newest(workspace);
    PartitionReader reader = open(workspace, shown);
    RowSelection selection = new RowSelection(reader.schema(), columns, where, top, limit);
    List<GenericRecord> rows = selection.of(reader);
    if (json) {
      rows.forEach(row -> console.print(CellText.json(row, selection.columns())));
    } else {
      print(rows, selection.columns(), reader.records(), shown);
    }
    return ExitCode.DONE.code();
  }

  private void print(List<GenericRecord> rows, List<String> shown, long all, LocalDate day) {
    TextTable table = new TextTable(shown);
    for (GenericRecord row : rows) {
      List<String> cells = new ArrayList<>();
      for (String column : shown) {
        Schema schema = row.getSchema().getField(column).schema();
        // one long value would widen every row
        cells.add(StringUtils.abbreviate(CellText.of(row.get(column), schema), WIDEST_CELL));
      }
      table.add(cells);
    }
    table.lines().forEach(console::print);
    console.print("%d of %d rows of %s/dt=%s".formatted(rows.size(), all, dataSet, day));
  }

  private void requireDataSet(Workspace workspace) {
    List<String> known =
        workspace.outline().stages().stream()
            .map(StageOutline::id)
            .map(StageId::dataSets)
            .flatMap(List::stream)
            .toList();
    if (!known.contains(dataSet)) {
      String nearest =
          Spelling.nearest(dataSet, known).map(near -> " Did you mean " + near + "?").orElse("");
      throw new UsageException(
          "There is no data set %s.%s The pipeline has: %s."
              .formatted(dataSet, nearest, String.join(", ", known)));
    }
  }

  private LocalDate newest(Workspace workspace) throws IOException {
    List<LocalDate> dates = workspace.warehouse().dates(dataSet);
    if (dates.isEmpty()) {
      throw new UsageException(
          "There is nothing of %s in %s yet. Make it with `millrace run`."
              .formatted(dataSet, workspace.warehouse().root()));
    }
    return dates.get(dates.size() - 1);
  }

  private PartitionReader open(Workspace workspace, LocalDate day) throws IOException {
    try {
      return PartitionReader.open(workspace, dataSet, day);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "There is no %s of %s. Make it with `millrace run … --date %s`; `millrace show` without --date takes the newest."
              .formatted(dataSet, day, day));
    }
  }
}
