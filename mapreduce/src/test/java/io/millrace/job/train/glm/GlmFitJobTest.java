package io.millrace.job.train.glm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.allreduce.AllReduceException;
import io.millrace.allreduce.Token;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.train.glm.Loans.Loan;
import io.millrace.learn.glm.FitListener;
import io.millrace.learn.glm.FitResult;
import io.millrace.learn.glm.GlmFit;
import io.millrace.learn.glm.GlmProblem;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.RowSums;
import io.millrace.learn.glm.Sums;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GlmFitJobTest {
  private static final double LATE = 2.5;
  private static final double TOLERANCE = 1e-12;

  /** A file without rows, one of validation and test rows alone come about by chance. */
  private static final Loans LOANS = Loans.random(7, 300, 1, 0, 120, 0, 700, 40);

  @TempDir java.nio.file.Path folder;

  private static double[] coefficients(int count) {
    return new Random(count).doubles(count, -1, 1).toArray();
  }

  /** Loss, gradient and second derivatives of the training rows, in plain loops. */
  private static double[] naive(Loans loans, double[] beta) {
    int n = Loans.COEFFICIENTS;
    double[] sums = new double[1 + n + n * n];
    for (List<Loan> file : loans.files()) {
      for (Loan loan : file) {
        if (!loan.part().equals("train")) {
          continue;
        }
        double y = loan.label();
        double weight = loan.weight() * (y == 1 ? LATE : 1);
        double[] x = loan.design();
        double margin = 0;
        for (int i = 0; i < n; i++) {
          margin += beta[i] * x[i];
        }
        double p = 1 / (1 + Math.exp(-margin));
        sums[0] -= weight * (y * Math.log(p) + (1 - y) * Math.log(1 - p));
        for (int i = 0; i < n; i++) {
          sums[1 + i] += weight * (p - y) * x[i];
          for (int j = 0; j < n; j++) {
            sums[1 + n + i * n + j] += weight * p * (1 - p) * x[i] * x[j];
          }
        }
      }
    }
    return sums;
  }

  private static Sums step(
      LocalRunner runner,
      GlmSettings settings,
      InputFiles input,
      double[] coefficients,
      Order order)
      throws Exception {
    Configuration configuration = runner.configuration();
    String name = "step-" + System.nanoTime();
    GlmStep step = GlmStep.write(order, coefficients, runner.path(name + ".in"), configuration);
    Path output = runner.path(name);
    Job job = GlmStepJob.create(configuration, settings, input, step, output);
    assertTrue(job.waitForCompletion(false));
    return GlmStepJob.read(configuration, settings, step, input.files().size(), output);
  }

  @Test
  void shouldKeepTheTokenOutOfTheConfigurationWhereverOthersMayReadIt() throws Exception {
    Token token = Token.random();
    String secret = HexFormat.of().formatHex(token.bytes());
    for (String framework : List.of("local", "yarn")) {
      LocalRunner runner = new LocalRunner(folder.resolve(framework));
      Configuration configuration = runner.configuration();
      configuration.set("mapreduce.framework.name", framework);
      List<InputFile> files = List.of(new InputFile("/rows.avro", 1));
      Job job =
          GlmFitJob.create(
              configuration,
              Loans.binary(1),
              InputFiles.inTasks(files, 1),
              new GlmMembership("127.0.0.1", 1, List.of(0), 1, 1, 1),
              token,
              runner.path("fit"));
      boolean inConfiguration =
          secret.equals(job.getConfiguration().get(GlmFitJob.TOKEN.toString()));
      assertEquals(framework.equals("local"), inConfiguration);
      assertArrayEquals(token.bytes(), GlmFitJob.token(job).bytes());
    }
  }

  @Test
  void shouldSumTheTrainingRows() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    List<InputFile> files = LOANS.write(runner, false);
    double[] beta = coefficients(Loans.COEFFICIENTS);
    double[] expected = naive(LOANS, beta);
    try (FitOnLocalRunner fit =
        new FitOnLocalRunner(runner, Loans.binary(LATE), files, 2, runner.path("fit"))) {
      Sums sums = fit.at(beta, Order.HESSIAN);
      assertEquals(expected[0], sums.loss(), TOLERANCE * expected[0]);
      for (int i = 0; i < Loans.COEFFICIENTS; i++) {
        assertEquals(expected[1 + i], sums.gradient(i), TOLERANCE * expected[0]);
        for (int j = 0; j < Loans.COEFFICIENTS; j++) {
          assertEquals(
              expected[1 + Loans.COEFFICIENTS * (1 + i) + j],
              sums.hessian(i, j),
              TOLERANCE * expected[0]);
        }
      }
      assertTrue(fit.succeeds());
    }
  }

  @Test
  void shouldGiveTheSameBitsByWorkersAndByStepsHoweverManyThereAre() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    List<InputFile> files = LOANS.write(runner, true);
    GlmSettings settings = Loans.multinomial();
    double[] beta = coefficients(settings.shape().coefficients());
    List<Sums> gradients = new ArrayList<>();
    List<Sums> hessians = new ArrayList<>();
    for (int workers = 1; workers <= 3; workers++) {
      try (FitOnLocalRunner fit =
          new FitOnLocalRunner(runner, settings, files, workers, runner.path("fit" + workers))) {
        gradients.add(fit.at(beta, Order.GRADIENT));
        hessians.add(fit.at(beta, Order.HESSIAN));
        assertEquals(workers, fit.driver().joined());
        assertTrue(fit.succeeds());
      }
    }
    for (int tasks : new int[] {1, 4}) {
      InputFiles input = InputFiles.inTasks(files, tasks);
      gradients.add(step(runner, settings, input, beta, Order.GRADIENT));
      hessians.add(step(runner, settings, input, beta, Order.HESSIAN));
    }
    for (int i = 1; i < gradients.size(); i++) {
      assertArrayEquals(gradients.get(0).values(), gradients.get(i).values());
      assertArrayEquals(hessians.get(0).values(), hessians.get(i).values());
    }
  }

  @Test
  void shouldFitTheSameModelByWorkersAndBySteps() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    List<InputFile> files = LOANS.write(runner, false);
    GlmSettings settings = Loans.binary(1);
    GlmProblem problem = new GlmProblem(settings.family(), Loans.COLUMNS, List.of(), 0, 1, 50);
    RowSums steps =
        (coefficients, order) -> {
          try {
            return step(runner, settings, InputFiles.inTasks(files, 2), coefficients, order);
          } catch (java.io.IOException | InterruptedException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    FitResult bySteps = GlmFit.run(problem, steps, FitListener.NONE);
    assertEquals("converged", bySteps.reason().word());
    try (FitOnLocalRunner fit =
        new FitOnLocalRunner(runner, settings, files, 3, runner.path("fit"))) {
      assertEquals(bySteps, GlmFit.run(problem, fit, FitListener.NONE));
      assertTrue(fit.succeeds());
    }
  }

  @Test
  void shouldNameTheRecordThatCannotBeLearntFrom() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    Loans odd = new Loans(List.of(List.of(new Loan("train", "stolen", 1, 2.0, "car"))));
    List<InputFile> files = odd.write(runner, true);
    Path output = runner.path("fit");
    try (FitOnLocalRunner fit =
        new FitOnLocalRunner(runner, Loans.multinomial(), files, 1, output)) {
      while (!fit.job().isComplete()) {
        Thread.sleep(5);
      }
      assertFalse(fit.job().isSuccessful());
    }
    String text = TaskFailure.collect(output, runner.configuration()).get(0).text();
    assertTrue(
        text.matches(
            "Cannot process record 1 of the block at byte \\d+ of .*part-00000.avro: .*Cannot learn from a row of class stolen: it is none of \\[late, lost, paid\\].*"),
        text);
  }

  @Test
  void shouldSayThatRowsDoNotFit() throws Exception {
    WorkerMemory memory = new WorkerMemory(Loans.binary(1).shape(), 4, 2, 100L << 20);
    memory.check(30L << 20);
    assertEquals(
        "its rows take more than the 37 MiB that there is for them in a heap of 100 MiB",
        assertThrows(NoRoomException.class, () -> memory.check(38L << 20)).getMessage());
  }

  @Test
  void shouldEndWorkersWhoseDriverHasGone() throws Exception {
    LocalRunner runner = new LocalRunner(folder);
    List<InputFile> files = LOANS.write(runner, false);
    try (FitOnLocalRunner fit =
        new FitOnLocalRunner(runner, Loans.binary(1), files, 2, runner.path("fit"))) {
      fit.at(coefficients(Loans.COEFFICIENTS), Order.LOSS);
      fit.driver().giveUp("the client is tired");
      assertThrows(
          AllReduceException.class, () -> fit.at(coefficients(Loans.COEFFICIENTS), Order.LOSS));
      assertFalse(fit.succeeds());
    }
    List<TaskFailure.Note> notes = TaskFailure.collect(runner.path("fit"), runner.configuration());
    assertEquals("The driver has given up: the client is tired", notes.get(0).text());
  }
}
