package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.MiniHadoop;
import io.millrace.OnMiniHadoop;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.train.glm.GlmSettings;
import io.millrace.job.train.glm.Loans;
import io.millrace.learn.glm.FitResult;
import io.millrace.learn.glm.GlmProblem;
import io.millrace.plan.WorkerSizing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits on YARN, whose workers are processes that die. */
@OnMiniHadoop
class TrainIT {
  private static final Loans LOANS = Loans.random(5, 400, 300, 200, 100);
  private static final GlmSettings SETTINGS = Loans.binary(2);

  @TempDir java.nio.file.Path folder;

  private LocalRunner local;
  private List<InputFile> localFiles;

  @BeforeEach
  void write() throws IOException {
    local = new LocalRunner(folder);
    localFiles = LOANS.write(local, false);
  }

  private static GlmProblem problem(int iterations) {
    return new GlmProblem(SETTINGS.family(), Loans.COLUMNS, List.of(), 0, 0.5, iterations);
  }

  private FitResult fitHere(int iterations) throws IOException, InterruptedException {
    Configuration configuration = local.configuration();
    configuration.set(GlmFitting.WORKERS, "1");
    return new GlmFitting(
            new GlmRounds(
                configuration,
                SETTINGS,
                localFiles,
                local.path("work"),
                new DirectJobs(configuration)),
            problem(iterations),
            LOANS.records(),
            local.path("progress"))
        .run();
  }

  private GlmFitting fitting(
      MiniHadoop hadoop, Configuration configuration, StageJobs jobs, String home, int iterations)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (InputFile file : localFiles) {
      Path path = new Path(home, new Path(file.path()).getName());
      hadoop.fileSystem().copyFromLocalFile(new Path(file.path()), path);
      files.add(new InputFile(hadoop.fileSystem().makeQualified(path).toString(), file.length()));
    }
    return new GlmFitting(
        new GlmRounds(configuration, SETTINGS, files, new Path(home, "work"), jobs),
        problem(iterations),
        LOANS.records(),
        new Path(home, "progress"));
  }

  /** The process of the first attempt of a map, which is a child of this one. */
  private static Optional<ProcessHandle> map(int number) {
    String attempt = "_m_%06d_0".formatted(number);
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process.info().command().orElse("").endsWith("java")
                    && process.info().commandLine().orElse("").contains(attempt))
        .findFirst();
  }

  @Test
  void shouldGoOnWhenAMapIsKilled(MiniHadoop hadoop) throws Exception {
    Configuration configuration = hadoop.configuration();
    configuration.set(GlmFitting.WORKERS, "2");
    List<Long> killed = new ArrayList<>();
    List<Counters> counters = new ArrayList<>();
    DirectJobs jobs =
        new DirectJobs(configuration) {
          @Override
          public Counters run(Job job) throws IOException, InterruptedException {
            Counters found = super.run(job);
            counters.add(found);
            return found;
          }

          @Override
          public void says(String text) {
            super.says(text);
            if (text.startsWith("iteration 2:")) {
              ProcessHandle victim = map(1).orElseThrow();
              killed.add(victim.pid());
              victim.destroyForcibly();
            }
          }
        };
    GlmFitting fitting = fitting(hadoop, configuration, jobs, "/train-killed", 50);
    FitResult result = fitting.run();
    assertEquals(1, killed.size());
    assertEquals(List.of("fit"), jobs.names());
    assertEquals(List.of(), fitting.notes());
    assertEquals(3, counters.get(0).findCounter(JobCounter.TOTAL_LAUNCHED_MAPS).getValue());
    assertEquals("converged", result.reason().word());
    assertEquals(fitHere(50), result);
  }

  @Test
  void shouldKnowHowManyWorkersThereIsRoomFor(MiniHadoop hadoop) throws Exception {
    Configuration configuration = hadoop.configuration();
    WorkerSizing.Room room = WorkerRoom.of(configuration, new DirectJobs(configuration));
    // containers of 1 GiB and of 3.5 GiB beside the application master's half, on a node of 4 GiB
    assertTrue(room.has(3, 100 << 20));
    assertFalse(room.has(4, 100 << 20));
    assertTrue(room.has(1, 2500L << 20));
    assertFalse(room.has(2, 2500L << 20));
    assertFalse(room.has(1, 4L << 30));
  }
}
