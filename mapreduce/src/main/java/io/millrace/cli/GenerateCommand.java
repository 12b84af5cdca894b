package io.millrace.cli;

import io.millrace.example.CardFraudGenerator;
import io.millrace.example.CardFraudSettings;
import io.millrace.example.Defect;
import io.millrace.example.DefectCounts;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the data of an example. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "generate",
    description = {
      "Makes days of messy card transactions for the example card-fraud, and its model.",
      "The same seed gives the same bytes, whichever days are made."
    },
    footer = {
      "",
      "Example:  millrace generate card-fraud --landing /tmp/landing --from 2026-01-01 --days 31"
    })
final class GenerateCommand implements Callable<Integer> {
  private static final String CARD_FRAUD = "card-fraud";

  /** As the example's specs have it: source.done_flag. */
  private static final String DONE_FLAG = "_SUCCESS";

  private final Console console;

  @Mixin private HadoopOptions hadoop = new HadoopOptions();

  @Parameters(paramLabel = "EXAMPLE", description = "card-fraud")
  private String example = "";

  @Option(
      names = "--landing",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the files go: dt=DATE/part-0000.csv … and the model, scorecard.onnx.")
  private String landing = "";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2026-01-01",
      description = "The first day (${DEFAULT-VALUE}).")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "31",
      description = "How many days (${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--transactions",
      paramLabel = "N",
      defaultValue = "10000",
      description = "A day, on average (${DEFAULT-VALUE}).")
  private int transactions;

  @Option(
      names = "--cards",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How many cards there are (${DEFAULT-VALUE}).")
  private int cards;

  @Option(
      names = "--terminals",
      paramLabel = "N",
      defaultValue = "400",
      description = "How many terminals there are (${DEFAULT-VALUE}).")
  private int terminals;

  @Option(
      names = "--files",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many files a day; the last one is gzip (${DEFAULT-VALUE}).")
  private int files;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, other data (${DEFAULT-VALUE}).")
  private long seed;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!example.equals(CARD_FRAUD)) {
      throw new UsageException(
          "Data can be made for the example card-fraud; found " + example + ".");
    }
    CardFraudSettings settings;
    try {
      settings =
          CardFraudSettings.of(from, days)
              .withSeed(seed)
              .withCards(cards)
              .withTerminals(terminals)
              .withTransactions(transactions)
              .withFiles(files, files > 1 ? 1 : 0);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    table(generate(settings, new Path(landing), hadoop.configuration()))
        .lines()
        .forEach(console::print);
    console.print("In " + landing);
    return ExitCode.DONE.code();
  }

  /** Writes the files of all days below a folder, and the done-flag of each behind them. */
  static List<DefectCounts> generate(
      CardFraudSettings settings, Path folder, Configuration configuration) throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    List<DefectCounts> days =
        new CardFraudGenerator(settings)
            .generate(name -> fileSystem.create(new Path(folder, name), true));
    for (DefectCounts day : days) {
      fileSystem.create(new Path(folder, "dt=" + day.date() + "/" + DONE_FLAG), true).close();
    }
    return days;
  }

  private static TextTable table(List<DefectCounts> days) {
    TextTable table = new TextTable("what was made", "number");
    table.add("lines", number(days.stream().mapToLong(DefectCounts::lines).sum()));
    table.add("transactions", number(days.stream().mapToLong(DefectCounts::transactions).sum()));
    table.add("fraudulent", number(days.stream().mapToLong(DefectCounts::fraudulent).sum()));
    for (Defect defect : Defect.values()) {
      String words = defect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.add(words, number(days.stream().mapToLong(day -> day.of(defect)).sum()));
    }
    return table;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
