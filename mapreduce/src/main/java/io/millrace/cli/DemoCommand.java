package io.millrace.cli;

import io.millrace.example.CardFraudSettings;
import io.millrace.example.Examples;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.StageId;
import io.millrace.run.PartitionReader;
import io.millrace.run.PipelineRunner;
import io.millrace.run.RunOptions;
import io.millrace.run.Workspace;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows Millrace at work: makes days of data, runs them, and says what came of it. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "demo",
    description =
        "Makes some days of card transactions, trains a model of fraud on them, scores with it, and shows what came of it.",
    footer = {"", "Example:  millrace demo --folder /tmp/millrace-demo --days 5"})
final class DemoCommand implements Callable<Integer> {
  private static final String EXAMPLE = "card-fraud";
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final int RISKIEST = 10;

  /** Scores cards by the scorecard, for which a day is enough. */
  private static final String SCORECARD = "pipeline.yaml";

  /** Scores transactions by a model that it trains. */
  private static final String TRAINED = "trained.yaml";

  /** Labels are known after 7 days, of which the model is measured on 3, behind a gap of 7. */
  private static final int LEAST_DAYS_TO_TRAIN = 21;

  private final Console console;

  @Mixin private HadoopOptions hadoop = new HadoopOptions();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "millrace-demo",
      description =
          "Where data, pipeline and warehouse go (${DEFAULT-VALUE}, below the current folder).")
  private String folder = "";

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "28",
      description =
          "How many days (${DEFAULT-VALUE}). A model is trained from 21 days on, for labels are known a week late.")
  private int days;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (days < 1) {
      throw new UsageException("A demo of " + days + " days shows nothing: give --days 1 or more.");
    }
    Configuration configuration = hadoop.configuration();
    FileSystem fileSystem = new Path(folder).getFileSystem(configuration);
    Path home = fileSystem.makeQualified(new Path(folder));
    Path landing = new Path(home, "landing");
    Path warehouse = new Path(home, "warehouse");
    boolean trains = days >= LEAST_DAYS_TO_TRAIN;
    Path pipeline =
        writeExample(new Path(home, EXAMPLE), trains ? TRAINED : SCORECARD, configuration);

    console.print("1. %d days of messy card transactions".formatted(days));
    GenerateCommand.generate(CardFraudSettings.of(FIRST, days), landing, configuration);

    LocalDate last = FIRST.plusDays(days - 1L);
    Workspace workspace =
        Workspace.open(
            pipeline.toString(),
            Map.of("landing", landing.toString(), "warehouse", warehouse.toString()),
            configuration);
    if (trains) {
      train(workspace, last);
    } else {
      console.print("2. Clean, features and scores of each day");
      run(workspace, PlanRequest.of(FIRST, last));
    }
    console.print("");
    console.print((trains ? "5" : "3") + ". What was set aside on " + last + ", by rule");
    quarantine(workspace, last).lines().forEach(console::print);
    console.print("");
    console.print(
        trains ? "6. The riskiest transactions of " + last : "4. The riskiest cards of " + last);
    riskiest(workspace, last).lines().forEach(console::print);
    console.print("");
    sayWhereThingsAre(home, pipeline, landing, warehouse, last);
    return ExitCode.DONE.code();
  }

  /** Trains on the day before the last, and scores that. */
  private void train(Workspace workspace, LocalDate last) throws IOException, InterruptedException {
    LocalDate trained = last.minusDays(1);
    console.print(
        "2. Clean records and features of the past, and a model of fraud that learns from them");
    run(workspace, PlanRequest.of(trained).with(new PlanRequest.Stages.Train()).withEarlierDates());
    console.print("");
    console.print("3. How good it is on days that it has not seen, beside the expert's scorecard");
    EvaluationTable.read(workspace, trained).lines().forEach(console::print);
    console.print("");
    console.print("4. It scores the transactions of " + last);
    run(workspace, PlanRequest.of(last).withEarlierDates());
  }

  private void run(Workspace workspace, PlanRequest request)
      throws IOException, InterruptedException {
    RunReport report = new RunReport(console, true);
    new PipelineRunner(workspace, report, RunOptions.oneByOne(), "demo", Version.text())
        .run(request);
    report.summary().forEach(console::print);
  }

  private static Path writeExample(Path folder, String spec, Configuration configuration)
      throws IOException {
    Examples.Example example = Examples.named(EXAMPLE).orElseThrow();
    FileSystem fileSystem = folder.getFileSystem(configuration);
    example.write(file -> fileSystem.create(new Path(folder, file), true));
    return new Path(folder, spec);
  }

  private static TextTable quarantine(Workspace workspace, LocalDate date) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> reasons = new TreeMap<>();
    PartitionReader.open(workspace, StageId.clean().dataSets().get(0), date)
        .read(
            row -> {
              String rule = row.get("rule").toString();
              counts.merge(rule, 1, Integer::sum);
              reasons.putIfAbsent(rule, row.get("reason").toString());
              return true;
            });
    TextTable table = new TextTable("rule", "records", "for example");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                table.add(
                    entry.getKey(),
                    String.format(Locale.ROOT, "%,d", entry.getValue()),
                    reasons.get(entry.getKey())));
    return table;
  }

  private static TextTable riskiest(Workspace workspace, LocalDate date) throws IOException {
    PartitionReader reader = PartitionReader.open(workspace, StageId.score().mainDataSet(), date);
    RowSelection selection =
        new RowSelection(reader.schema(), List.of(), Map.of(), Optional.of("score"), RISKIEST);
    TextTable table = new TextTable(selection.columns());
    for (GenericRecord row : selection.of(reader)) {
      table.add(
          selection.columns().stream()
              .map(
                  column -> CellText.of(row.get(column), row.getSchema().getField(column).schema()))
              .toList());
    }
    return table;
  }

  private void sayWhereThingsAre(
      Path home, Path pipeline, Path landing, Path warehouse, LocalDate last) {
    console.print("Everything lies in " + home + ":");
    console.print("  pipeline.yaml  " + pipeline);
    console.print("  input          " + landing);
    console.print("  results        " + warehouse);
    String options =
        "%s --set landing=%s --set warehouse=%s --date %s"
            .formatted(pipeline, landing, warehouse, last);
    console.print("Go on with, for example:");
    console.print("  millrace plan " + options);
    console.print("  millrace test " + pipeline);
    console.print(
        "  millrace show " + options.replace(pipeline.toString(), pipeline + " quarantine/clean"));
  }
}
