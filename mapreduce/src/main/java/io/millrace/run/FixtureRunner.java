package io.millrace.run;

import io.millrace.fixture.BoundCase;
import io.millrace.fixture.CaseBinder;
import io.millrace.fixture.Expectation;
import io.millrace.fixture.Fixture;
import io.millrace.fixture.FixtureCase;
import io.millrace.fixture.PipelineTypes;
import io.millrace.spec.Located;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.SpecException;
import io.millrace.spec.SpecParser;
import io.millrace.spec.Spelling;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Gets tests ready: each with a pipeline of its own, whose input and warehouse lie in a temporary
 * folder. Nothing of what the spec's own paths name is read but schema and model.
 */
public final class FixtureRunner {
  /** Stands for a placeholder that nobody gave a value. */
  private static final String UNSET = "unset-";

  private final SpecLocation location;
  private final String spec;
  private final String yaml;
  private final Set<String> placeholders;
  private final Map<String, String> settings;
  private final Configuration configuration;
  private final Path temporary;
  private int prepared;

  /**
   * A runner for the tests of one spec.
   *
   * @param settings what <code>${name}</code> stands for where a test does not say
   * @param configuration of a process that runs jobs by itself ({@link LocalRuntime})
   * @param temporary a folder that the caller deletes
   */
  public FixtureRunner(
      String spec, Map<String, String> settings, Configuration configuration, Path temporary)
      throws IOException {
    this.spec = spec;
    this.settings = Map.copyOf(settings);
    this.configuration = configuration;
    this.temporary = temporary;
    location = new SpecLocation(spec, configuration);
    yaml = new String(location.readSpec(), StandardCharsets.UTF_8);
    placeholders = new TreeSet<>(SpecParser.placeholders(spec, yaml));
  }

  /**
   * Binds a test to the pipeline.
   *
   * @throws SpecException with all that is wrong with the spec or the test
   */
  public RunnableCase prepare(Fixture fixture, FixtureCase test) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("case-" + prepared++));
    PipelineSpec asWritten = SpecParser.parse(spec, yaml, settings(test));
    boolean scores = test.expectations().stream().anyMatch(FixtureRunner::isOfScores);
    PipelineSpec parsed = scores ? asWritten : asWritten.withoutScore();
    checkFiles(parsed);
    PipelineSpec trial =
        parsed
            .withWarehouse(folder.resolve("warehouse").toUri().toString())
            .onTrial(landing(folder), from(asWritten, test));
    Workspace workspace = Workspace.of(location, trial, configuration);
    if (scores) {
      registerModel(fixture, test, workspace);
    }
    PipelineTypes types =
        new PipelineTypes(
            workspace.pipeline().cleaning().source(),
            trial.source().format(),
            trial.timezone(),
            asWritten.source().from(),
            DataSetTypes.of(workspace));
    BoundCase bound = CaseBinder.bind(test, types, path -> read(fixture, path));
    return new RunnableCase(fixture.file(), test.name(), bound, workspace, folder);
  }

  /** A registered model has no versions in a test but the one that it names. */
  private static void registerModel(Fixture fixture, FixtureCase test, Workspace workspace)
      throws IOException {
    PipelineSpec trial = workspace.pipeline().spec();
    Optional<String> registered = trial.score().flatMap(ScoreSpec::registered);
    if (registered.isEmpty()) {
      test.model().ifPresent(FixtureRunner::refuseModel);
      return;
    }
    Located<String> file =
        test.model()
            .orElseThrow(
                () ->
                    new SpecException(
                        List.of(
                            new Problem(
                                test.name().at(),
                                "a test that expects scores of `registry:%s` has to name the file of a version, seen from the fixture, such as `model: fraud/model.onnx`: it knows no registry"
                                    .formatted(registered.get())))));
    byte[] onnx;
    try {
      onnx = read(fixture, file.value());
    } catch (IOException e) {
      throw new SpecException(
          List.of(new Problem(file.at(), "Cannot read %s: %s".formatted(file, e.getMessage()))));
    }
    new TrialModel(registered.get(), file).register(workspace, onnx, trial.source().from());
  }

  private static void refuseModel(Located<String> file) {
    throw new SpecException(
        List.of(
            new Problem(
                file.at(),
                "`model` names a version of a registered model, and the pipeline scores with none; leave it out")));
  }

  /** A folder of a date's input. */
  static Path landing(Path folder, LocalDate date) {
    return folder.resolve("landing").resolve("dt=" + date);
  }

  private static String landing(Path folder) {
    return folder.resolve("landing").toUri() + "/dt=${date}";
  }

  /**
   * A day before the first, so that lateness counts as it does any day; on the pipeline's own first
   * date nothing is late.
   */
  private static LocalDate from(PipelineSpec spec, FixtureCase test) {
    TreeSet<LocalDate> dates = new TreeSet<>(test.input().keySet());
    test.expectations().forEach(expectation -> dates.add(expectation.date()));
    LocalDate from = spec.source().from();
    return dates.isEmpty() || !dates.first().isAfter(from) ? from : dates.first().minusDays(1);
  }

  private static boolean isOfScores(Expectation expectation) {
    String dataSet = expectation.dataSet().value();
    return dataSet.contains("score") || dataSet.startsWith("join");
  }

  private Map<String, String> settings(FixtureCase test) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> all = new LinkedHashMap<>(settings);
    for (Map.Entry<String, Located<String>> setting : test.settings().entrySet()) {
      String name = setting.getKey();
      if (placeholders.contains(name)) {
        all.put(name, setting.getValue().value());
      } else {
        problems.add(
            new Problem(
                setting.getValue().at(),
                "`${%s}` stands nowhere in %s%s; it has: %s"
                    .formatted(
                        name,
                        spec,
                        Spelling.suggestion(name, placeholders).replace("?", ""),
                        placeholders.isEmpty() ? "none" : String.join(", ", placeholders))));
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
    placeholders.forEach(name -> all.putIfAbsent(name, UNSET + name));
    return all;
  }

  /** The files that are read even of a trial must not hang on a placeholder without a value. */
  private void checkFiles(PipelineSpec parsed) {
    List<Located<String>> files = new ArrayList<>(List.of(parsed.source().schema()));
    parsed
        .score()
        .filter(score -> score.registered().isEmpty())
        .map(ScoreSpec::model)
        .ifPresent(files::add);
    List<Problem> problems = new ArrayList<>();
    for (Located<String> file : files) {
      for (String name : placeholders) {
        if (file.value().contains(UNSET + name)) {
          problems.add(
              new Problem(
                  file.at(),
                  "Cannot read %s: `${%s}` has no value; write `set: {%s: …}` into the test (a path is seen from the spec), or pass `--set %s=…`"
                      .formatted(
                          file.value().replace(UNSET + name, "${" + name + "}"),
                          name,
                          name,
                          name)));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new SpecException(problems);
    }
  }

  private static byte[] read(Fixture fixture, String path) throws IOException {
    Path file = Path.of(fixture.file()).resolveSibling(path);
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException("there is no file " + file);
    }
  }
}
