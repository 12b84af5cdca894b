package io.millrace.run;

import io.millrace.fixture.BoundCase;
import io.millrace.fixture.BoundCase.BoundExpectation;
import io.millrace.fixture.Comparison;
import io.millrace.fixture.Difference;
import io.millrace.fixture.FoundRow;
import io.millrace.plan.Alongside;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.plan.StageInput;
import io.millrace.plan.StageOutline;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A test with its pipeline, ready to run. Run it once. */
public final class RunnableCase {
  private static final double NANOS_PER_SECOND = 1e9;

  private final String file;
  private final Located<String> name;
  private final BoundCase test;
  private final Workspace workspace;
  private final Path folder;

  RunnableCase(
      String file, Located<String> name, BoundCase test, Workspace workspace, Path folder) {
    this.file = file;
    this.name = name;
    this.test = test;
    this.workspace = workspace;
    this.folder = folder;
  }

  /**
   * What came of a test.
   *
   * @param failure what ended the pipeline, where something did
   * @param setAside records in the quarantine of dates whose rows are not as expected
   */
  public record Result(
      String file,
      Located<String> name,
      List<Difference> differences,
      Optional<String> failure,
      List<SetAside> setAside,
      double seconds) {
    public Result {
      differences = List.copyOf(differences);
      setAside = List.copyOf(setAside);
    }

    public boolean passed() {
      return differences.isEmpty() && failure.isEmpty();
    }

    public Location at() {
      return name.at();
    }
  }

  /** A record in the quarantine. */
  public record SetAside(String partition, String rule, String reason, String record) {}

  private record Made(StageId stage, LocalDate date) {}

  public String name() {
    return name.value();
  }

  /** Runs what is needed for the expectations, and compares. */
  public Result run() throws IOException, InterruptedException {
    long started = System.nanoTime();
    List<Difference> differences = new ArrayList<>();
    Set<SetAside> setAside = new LinkedHashSet<>();
    Optional<String> failure = Optional.empty();
    land();
    try {
      make();
      for (BoundExpectation expectation : test.expectations()) {
        Optional<Difference> difference =
            Comparison.of(expectation, rows(expectation.dataSet().name(), expectation.date()));
        if (difference.isPresent()) {
          differences.add(difference.get());
          setAside.addAll(setAside(expectation));
        }
      }
    } catch (StageFailedException e) {
      failure = Optional.of(String.valueOf(e.getMessage()));
    }
    return new Result(
        file,
        name,
        differences,
        failure,
        List.copyOf(setAside),
        (System.nanoTime() - started) / NANOS_PER_SECOND);
  }

  private void land() throws IOException {
    for (Map.Entry<LocalDate, List<BoundCase.LandedFile>> day : test.input().entrySet()) {
      Path landing = Files.createDirectories(FixtureRunner.landing(folder, day.getKey()));
      for (BoundCase.LandedFile landed : day.getValue()) {
        Files.write(landing.resolve(landed.name()), landed.bytes());
      }
    }
  }

  private void make() throws IOException, InterruptedException {
    Set<Made> needed = new HashSet<>();
    for (BoundExpectation expectation : test.expectations()) {
      need(stageOf(expectation.dataSet().name()), expectation.date(), needed);
    }
    Plan plan =
        workspace.plan(
            PlanRequest.of(workspace.pipeline().spec().source().from(), test.last())
                .with(new PlanRequest.Stages.Every()));
    try (StageRunner runner =
        new StageRunner(
            workspace, new RunContext("test", "test " + file, 1, Duration.ZERO), Optional::of)) {
      for (PlannedStage stage : plan.stages()) {
        if (needed.contains(new Made(stage.stage(), stage.date()))) {
          runner.run(trimmed(stage), Alongside.nothing(), (map, reduce) -> {});
        }
      }
    }
  }

  private StageId stageOf(String dataSet) {
    return workspace.outline().stages().stream()
        .map(StageOutline::id)
        .filter(stage -> stage.dataSets().contains(dataSet))
        .findFirst()
        .orElseThrow();
  }

  private void need(StageId stage, LocalDate date, Set<Made> needed) {
    if (!needed.add(new Made(stage, date))) {
      return;
    }
    for (StageInput.Partitions input : workspace.outline().stage(stage, date).partitionInputs()) {
      read(input, date).forEach(day -> need(input.of(), day, needed));
    }
  }

  /**
   * The dates that are read of an input. Those on which nothing landed are left out, though for one
   * at least: a test that spans a month need not make thirty empty days.
   */
  private List<LocalDate> read(StageInput.Partitions input, LocalDate date) {
    List<LocalDate> dates = input.dates(date, workspace.pipeline().spec().source().from());
    boolean ofOneLanding =
        switch (input.of().kind()) {
          case CLEAN, PARTIALS -> true;
          case FEATURES, JOIN, TRAINING, TRAIN, SCORE -> false;
        };
    List<LocalDate> busy =
        dates.stream().filter(day -> !ofOneLanding || test.input().containsKey(day)).toList();
    return busy.isEmpty() && !dates.isEmpty() ? List.of(dates.get(dates.size() - 1)) : busy;
  }

  private PlannedStage trimmed(PlannedStage stage) {
    Set<Made> read = new HashSet<>();
    for (StageInput.Partitions input :
        workspace.outline().stage(stage.stage(), stage.date()).partitionInputs()) {
      read(input, stage.date()).forEach(day -> read.add(new Made(input.of(), day)));
    }
    return new PlannedStage(
        stage.stage(),
        stage.date(),
        stage.decision(),
        stage.fingerprints(),
        stage.definition(),
        stage.rawFiles(),
        stage.inputs().stream()
            .filter(input -> read.contains(new Made(input.stage(), input.date())))
            .toList());
  }

  private List<FoundRow> rows(String dataSet, LocalDate date) throws IOException {
    List<FoundRow> rows = new ArrayList<>();
    PartitionReader.open(workspace, dataSet, date)
        .read(
            row -> {
              rows.add(FoundRow.of(row));
              return true;
            });
    return rows;
  }

  /** What was set aside on the way to rows that are not as expected: often it says why. */
  private List<SetAside> setAside(BoundExpectation expectation) throws IOException {
    Set<Made> needed = new HashSet<>();
    need(stageOf(expectation.dataSet().name()), expectation.date(), needed);
    List<SetAside> records = new ArrayList<>();
    for (StageOutline outline : workspace.outline().stages()) {
      for (String dataSet : outline.id().dataSets()) {
        if (dataSet.startsWith("quarantine/") && !dataSet.equals(expectation.dataSet().name())) {
          for (LocalDate date = test.first(); !date.isAfter(test.last()); date = date.plusDays(1)) {
            if (needed.contains(new Made(outline.id(), date))) {
              records.addAll(setAside(dataSet, date));
            }
          }
        }
      }
    }
    return records;
  }

  private List<SetAside> setAside(String dataSet, LocalDate date) throws IOException {
    return rows(dataSet, date).stream()
        .map(
            row ->
                new SetAside(
                    dataSet + "/dt=" + date, row.text("rule"), row.text("reason"), row.text("raw")))
        .toList();
  }
}
