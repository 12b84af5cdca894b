package io.millrace.run;

import io.millrace.job.io.InputFiles;
import io.millrace.job.train.glm.GlmMemory;
import io.millrace.job.train.glm.GlmStep;
import io.millrace.job.train.glm.GlmStepJob;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.RowSums;
import io.millrace.learn.glm.Sums;
import io.millrace.plan.JobLoad;
import io.millrace.plan.JobLoad.TaskLoad;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Sums over training rows by a job each. Needs no more of a cluster than any other job. */
final class GlmSteps implements RowSums {
  private static final long TASK_BYTES = 64L << 20;

  private final GlmRounds rounds;
  private final InputFiles input;
  private int jobs;

  GlmSteps(GlmRounds rounds) {
    this.rounds = rounds;
    input = new InputFiles(rounds.files(), TASK_BYTES);
  }

  @Override
  public Sums at(double[] coefficients, Order order) throws IOException, InterruptedException {
    jobs++;
    Path coefficientsPath = new Path(rounds.work(), "coefficients-" + jobs);
    Path output = new Path(rounds.work(), "sums-" + jobs);
    GlmStep step = GlmStep.write(order, coefficients, coefficientsPath, rounds.configuration());
    rounds
        .jobs()
        .run(
            load(),
            GlmStepJob.create(rounds.configuration(), rounds.settings(), input, step, output));
    Sums sums =
        GlmStepJob.read(
            rounds.configuration(), rounds.settings(), step, rounds.files().size(), output);
    FileSystem fileSystem = output.getFileSystem(rounds.configuration());
    fileSystem.delete(output, true);
    fileSystem.delete(coefficientsPath, false);
    return sums;
  }

  private JobLoad load() {
    long held =
        GlmMemory.groupBytes(rounds.settings())
            + GlmMemory.sumsBytes(rounds.settings().shape(), rounds.files().size());
    return new JobLoad(
        "step",
        new TaskLoad(input.firstFiles().size(), 0, held, 0),
        Optional.empty(),
        Optional.empty());
  }
}
