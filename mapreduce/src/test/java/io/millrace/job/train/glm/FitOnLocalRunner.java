package io.millrace.job.train.glm;

import io.millrace.allreduce.AllReduceDriver;
import io.millrace.allreduce.PortRange;
import io.millrace.allreduce.Timing;
import io.millrace.allreduce.Token;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.learn.glm.Order;
import io.millrace.learn.glm.RowSums;
import io.millrace.learn.glm.Sums;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Sums by workers that are maps of a job on the local runner. */
final class FitOnLocalRunner implements RowSums, AutoCloseable {
  private final GlmSettings settings;
  private final AllReduceDriver driver;
  private final Job job;

  FitOnLocalRunner(
      LocalRunner runner, GlmSettings settings, List<InputFile> files, int workers, Path output)
      throws IOException {
    this.settings = settings;
    InputFiles input = InputFiles.inTasks(files, workers);
    Token token = Token.random();
    InetAddress here = InetAddress.getLoopbackAddress();
    Timing timing = Timing.DEFAULT;
    driver =
        AllReduceDriver.open(
            input.firstFiles().size(), files.size(), token, here, PortRange.ANY, timing);
    Configuration configuration = runner.configuration();
    configuration.setInt("mapreduce.local.map.tasks.maximum", workers);
    GlmMembership membership =
        new GlmMembership(
            here.getHostAddress(),
            driver.port(),
            input.firstFiles(),
            timing.silence().toMillis(),
            timing.pulse().toMillis(),
            workers);
    job = GlmFitJob.create(configuration, settings, input, membership, token, output);
    try {
      job.submit();
    } catch (ClassNotFoundException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  AllReduceDriver driver() {
    return driver;
  }

  Job job() {
    return job;
  }

  @Override
  public Sums at(double[] coefficients, Order order) throws IOException, InterruptedException {
    SumsAddition addition = new SumsAddition(settings.shape(), order);
    return new Sums(settings.shape(), order, driver.sum(order.name(), coefficients, addition));
  }

  /** Ends the fit, and waits for the job. */
  boolean succeeds() throws IOException, InterruptedException {
    driver.close();
    while (!job.isComplete()) {
      Thread.sleep(5);
    }
    return job.isSuccessful();
  }

  @Override
  public void close() {
    driver.close();
  }
}
