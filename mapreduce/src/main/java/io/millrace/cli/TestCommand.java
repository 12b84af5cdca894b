package io.millrace.cli;

import io.millrace.fixture.Fixture;
import io.millrace.fixture.FixtureCase;
import io.millrace.fixture.FixtureReader;
import io.millrace.run.FixtureRunner;
import io.millrace.run.LocalRuntime;
import io.millrace.run.RunnableCase;
import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests that a pipeline's author wrote beside it. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "test",
    description = {
      "Runs a pipeline on small fixtures, in this process and in a temporary folder, and compares what comes out with"
          + " what they expect. Reads neither the pipeline's input nor its warehouse.",
      "Fixtures are the files *.test.yaml beside the spec and in the folder tests beside it, or those that are named."
    },
    footer = {
      "",
      "Examples:",
      "  millrace test pipeline.yaml",
      "  millrace test pipeline.yaml tests/refunds.test.yaml --filter late --report-file junit.xml",
      "",
      "Exit codes: 0 all passed, 1 a test failed, 2 a fixture or the spec is wrong."
    })
final class TestCommand implements Callable<Integer>, JsonResult {
  private static final String ENDING = ".test.yaml";
  private static final String FOLDER = "tests";

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "PIPELINE",
      description = "The pipeline.yaml, a file of this machine.")
  private String spec = "";

  @Parameters(
      index = "1..*",
      paramLabel = "FIXTURE",
      description = "Files with tests; left out: all *.test.yaml beside the spec and in tests/.")
  private List<Path> named = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "What $${NAME} in the spec stands for where a test does not say. May be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "Only tests whose name has this text in it, in small or capital letters.")
  private Optional<String> filter = Optional.empty();

  @Option(
      names = "--report-file",
      paramLabel = "FILE",
      description = "Also write the results as JUnit XML, for a build server.")
  private Optional<Path> reportFile = Optional.empty();

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  TestCommand(Console console) {
    this.console = console;
  }

  private record Selected(Fixture fixture, FixtureCase test) {}

  @Override
  public boolean wantsJson() {
    return json;
  }

  @Override
  public Map<String, Object> soFar() {
    return Map.of("tests", List.of());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<RunnableCase> cases;
    try {
      cases = prepare(select(fixtures()), LocalRuntime.temporaryFolder());
    } catch (SpecException e) {
      String reason =
          e.problems().size() == 1
              ? "There is 1 problem; no test was run."
              : "There are %d problems; no test was run.".formatted(e.problems().size());
      if (json) {
        console.printJson(JsonResult.failed(soFar(), ExitCode.USAGE, reason, e.problems()));
      }
      e.problems().forEach(problem -> console.say(problem.toString()));
      console.say(reason);
      return ExitCode.USAGE.code();
    }
    TestReport report = new TestReport(console, !json);
    for (RunnableCase test : cases) {
      console.status(test.name() + "  …");
      report.add(test.run());
    }
    if (json) {
      console.printJson(report.toJson());
    } else {
      console.print(report.summary());
    }
    if (reportFile.isPresent()) {
      JUnitReport.write(reportFile.get(), spec, report.results());
    }
    if (report.failed() == 0) {
      return ExitCode.DONE.code();
    }
    if (json) {
      console.say(report.summary());
    }
    return ExitCode.FAILED.code();
  }

  private List<Path> fixtures() throws IOException {
    Path local = local();
    if (!Files.isRegularFile(local)) {
      throw new UsageException(
          "Cannot read the pipeline: there is no file %s on this machine".formatted(spec));
    }
    if (!named.isEmpty()) {
      for (Path path : named) {
        if (!Files.isRegularFile(path)) {
          throw new UsageException("Cannot read the tests: there is no file " + path);
        }
      }
      return named;
    }
    Path beside = local.resolveSibling("");
    List<Path> found = new ArrayList<>(in(beside));
    found.addAll(in(beside.resolve(FOLDER)));
    if (found.isEmpty()) {
      throw new UsageException(
          "There are no tests of %s: no file *%s stands beside it or in %s. Write one (`- test: …`, with input and expect), or name it on the command line."
              .formatted(spec, ENDING, beside.resolve(FOLDER)));
    }
    return found;
  }

  /** The spec, which other commands name by its URI where they print it. */
  private Path local() {
    try {
      return spec.startsWith("file:") ? Path.of(URI.create(spec)) : Path.of(spec);
    } catch (IllegalArgumentException e) {
      throw new UsageException("Cannot read the pipeline %s: %s".formatted(spec, e.getMessage()));
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
    if (!Files.isDirectory(listed)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(listed)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .map(file -> folder.resolve(file.getFileName()))
          .sorted()
          .toList();
    }
  }

  private List<Selected> select(List<Path> fixtures) throws IOException {
    List<Selected> selected = new ArrayList<>();
    Set<Problem> problems = new LinkedHashSet<>();
    int all = 0;
    for (Path path : fixtures) {
      try {
        Fixture fixture = FixtureReader.read(path.toString(), Files.readString(path));
        all += fixture.cases().size();
        fixture.cases().stream()
            .filter(test -> matches(test.name().value()))
            .forEach(test -> selected.add(new Selected(fixture, test)));
      } catch (SpecException e) {
        problems.addAll(e.problems());
      }
    }
    throwIfAny(problems);
    if (selected.isEmpty()) {
      throw new UsageException(
          filter.isPresent() && all > 0
              ? "None of the %d tests has \"%s\" in its name.".formatted(all, filter.get())
              : "There are no tests in "
                  + fixtures.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
    return selected;
  }

  private boolean matches(String name) {
    return filter
        .map(text -> name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
        .orElse(true);
  }

  /** All tests are bound before the first one runs, so that mistakes show at once and together. */
  private List<RunnableCase> prepare(List<Selected> selected, Path temporary) throws IOException {
    FixtureRunner runner;
    try {
      runner = new FixtureRunner(spec, settings, LocalRuntime.ofThisMachine(temporary), temporary);
    } catch (FileNotFoundException e) {
      throw new UsageException("Cannot read the pipeline: " + e.getMessage());
    }
    List<RunnableCase> cases = new ArrayList<>();
    Set<Problem> problems = new LinkedHashSet<>();
    for (Selected one : selected) {
      try {
        cases.add(runner.prepare(one.fixture(), one.test()));
      } catch (SpecException e) {
        problems.addAll(e.problems());
      }
    }
    throwIfAny(problems);
    return cases;
  }

  private static void throwIfAny(Set<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new SpecException(List.copyOf(problems));
    }
  }
}
