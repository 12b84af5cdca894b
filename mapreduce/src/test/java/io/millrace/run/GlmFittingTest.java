package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.train.glm.GlmSettings;
import io.millrace.job.train.glm.Loans;
import io.millrace.learn.glm.FitResult;
import io.millrace.learn.glm.GlmProblem;
import io.millrace.plan.JobLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GlmFittingTest {
  private static final Loans LOANS = Loans.random(3, 200, 150, 0, 300, 90);
  private static final GlmSettings SETTINGS = Loans.binary(2);

  @TempDir java.nio.file.Path folder;

  private LocalRunner runner;
  private List<InputFile> files;

  @BeforeEach
  void write() throws IOException {
    runner = new LocalRunner(folder);
    files = LOANS.write(runner, false);
  }

  /** Is killed when it hears that. */
  private static DirectJobs killedAt(String iteration, Configuration configuration) {
    return new DirectJobs(configuration) {
      @Override
      public void says(String text) {
        super.says(text);
        if (text.startsWith(iteration)) {
          throw new Killed();
        }
      }
    };
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static GlmProblem problem(double l1) {
    return new GlmProblem(SETTINGS.family(), Loans.COLUMNS, List.of(), l1, 0.5, 60);
  }

  private Configuration configuration(String... settings) {
    Configuration configuration = runner.configuration();
    for (int i = 0; i < settings.length; i += 2) {
      configuration.set(settings[i], settings[i + 1]);
    }
    return configuration;
  }

  private GlmFitting fitting(Configuration configuration, DirectJobs jobs, String name, double l1)
      throws IOException {
    return new GlmFitting(
        new GlmRounds(configuration, SETTINGS, files, runner.path("work-" + name), jobs),
        problem(l1),
        LOANS.records(),
        progress(name));
  }

  private Path progress(String name) {
    return runner.path("progress-" + name);
  }

  private FitResult fit(String name, double l1, String... settings) throws Exception {
    Configuration configuration = configuration(settings);
    return fitting(configuration, new DirectJobs(configuration), name, l1).run();
  }

  private List<String> checkpoints(String name) throws IOException {
    try (Stream<java.nio.file.Path> found = Files.list(folder.resolve("progress-" + name))) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(file -> !file.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldFitTheSameModelHoweverItIsCut() throws Exception {
    FitResult steps = fit("steps", 0, GlmFitting.WORKERS, "0");
    assertEquals("converged", steps.reason().word());
    for (String workers : List.of("1", "2", "3")) {
      assertEquals(steps, fit("by-" + workers, 0, GlmFitting.WORKERS, workers), workers);
    }
    assertEquals(steps, fit("chosen", 0));
  }

  @Test
  void shouldRunOneJobForAllIterations() throws Exception {
    Configuration configuration = configuration(GlmFitting.WORKERS, "2");
    DirectJobs jobs = new DirectJobs(configuration);
    GlmFitting fitting = fitting(configuration, jobs, "one", 0);
    FitResult result = fitting.run();
    assertEquals(List.of("fit"), jobs.names());
    assertEquals(List.of(), fitting.notes());
    assertEquals(result.iterations(), jobs.said().size());
    assertTrue(
        jobs.said()
            .get(0)
            .matches("iteration 1: objective \\d+\\.\\d+, gradient \\d+(\\.\\d+)?(e-\\d+)?"),
        jobs.said().get(0));
  }

  @Test
  void shouldGoOnAfterTheLastIterationOfAFitThatWasKilled() throws Exception {
    assertGoesOn("steps", 0, "0");
    assertGoesOn("workers", 3, "2");
  }

  private void assertGoesOn(String name, double l1, String workers) throws Exception {
    FitResult undisturbed = fit(name + "-undisturbed", l1, GlmFitting.WORKERS, "1");
    assertTrue(undisturbed.iterations() > 2);
    Configuration configuration = configuration(GlmFitting.WORKERS, workers);
    DirectJobs killed = killedAt("iteration 2:", configuration);
    assertThrows(Killed.class, () -> fitting(configuration, killed, name, l1).run());
    assertEquals(List.of("iteration-000002"), checkpoints(name));
    DirectJobs jobs = new DirectJobs(configuration);
    assertEquals(undisturbed, fitting(configuration, jobs, name, l1).run());
    assertEquals("goes on after iteration 2", jobs.said().get(0));
    assertTrue(jobs.said().get(1).startsWith("iteration 3:"), jobs.said()::toString);
  }

  @Test
  void shouldNotGoOnFromStatesThatAreBrokenOrOfAnotherProblem() throws Exception {
    FitResult other = fit("broken", 1, GlmFitting.WORKERS, "1");
    java.nio.file.Path broken = folder.resolve("progress-broken");
    Files.write(broken.resolve("iteration-000099"), new byte[] {1, 2, 3});
    Files.write(broken.resolve("iteration-000100.part"), new byte[0]);
    FitResult result = fit("broken", 0, GlmFitting.WORKERS, "1");
    assertEquals(fit("whole", 0, GlmFitting.WORKERS, "1"), result);
    assertTrue(!result.equals(other));
  }

  @Test
  void shouldGoOnWithAJobEachSumWhenNotAllWorkersComeUp() throws Exception {
    Configuration configuration =
        configuration(GlmFitting.WORKERS, "3", GlmWorkers.JOIN_SECONDS, "1");
    List<String> started = new ArrayList<>();
    DirectJobs jobs =
        new DirectJobs(configuration) {
          @Override
          public Counters run(JobLoad load, Job job) throws IOException, InterruptedException {
            // a cluster that has room for two
            job.getConfiguration().setInt("mapreduce.local.map.tasks.maximum", 2);
            started.add(load.job());
            return super.run(load, job);
          }
        };
    GlmFitting fitting = fitting(configuration, jobs, "missing", 0);
    FitResult result = fitting.run();
    assertEquals(fit("all", 0, GlmFitting.WORKERS, "1"), result);
    assertEquals("fit", started.get(0));
    assertEquals("step", started.get(1));
    String note = fitting.notes().get(0);
    assertTrue(
        note.matches(
            "The fit went on with a job for each sum over the training rows: only 2 of 3 workers joined within 1 s \\(missing \\d\\): the cluster cannot run all 3 tasks at once"),
        note);
  }

  @Test
  void shouldFailWithWhatTheRowsFailOf() throws Exception {
    Files.write(
        java.nio.file.Path.of(
            Path.getPathWithoutSchemeAndAuthority(new Path(files.get(1).path())).toString()),
        new byte[] {'n', 'o'});
    Configuration configuration = configuration(GlmFitting.WORKERS, "2");
    GlmFitting fitting = fitting(configuration, new DirectJobs(configuration), "failing", 0);
    StageFailedException failure = assertThrows(StageFailedException.class, fitting::run);
    assertTrue(
        failure.getMessage().matches("(?s)step failed: Cannot read .*part-00001.avro.*"),
        failure::getMessage);
  }
}
