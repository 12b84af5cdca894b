package io.millrace.cli;

import io.millrace.run.LocalRuntime;
import io.millrace.run.RetryPolicy;
import io.millrace.run.RunOptions;
import io.millrace.run.Workspace;
import io.millrace.warehouse.LeaseTiming;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** How a run goes about its stages. */
final class ExecutionOptions {
  private static final int STANDARD_ON_A_CLUSTER = 4;
  private static final int MOST_AT_ONCE = 64;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "How many stages run side by side: 4 on a cluster; 1 on this machine alone, where a job takes every core.")
  private Optional<Integer> parallel = Optional.empty();

  @Option(
      names = "--retries",
      paramLabel = "N",
      description =
          "How often a stage is tried again that failed for a reason that can pass, such as a service that cannot be reached (3).")
  private int retries = RetryPolicy.STANDARD.retries();

  @Option(
      names = "--retry-pause",
      paramLabel = "DURATION",
      description =
          "About how long it waits before the first retry (20s); before each further one twice as long.")
  private Duration pause = RetryPolicy.STANDARD.pause();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "How long to wait for another run that works on the same stage and date (2m); then exit code 5. One that has died is not waited for: on this machine at once, on another after a minute without a sign of life.")
  private Duration patience = RunOptions.USUAL_PATIENCE;

  RunOptions of(Workspace workspace, RunOptions.Missing missing) {
    Configuration configuration = workspace.configuration();
    int standard =
        LocalRuntime.isLocal(configuration)
            ? LocalRuntime.stages(configuration)
            : STANDARD_ON_A_CLUSTER;
    int stages = parallel.orElse(standard);
    if (stages < 1 || stages > MOST_AT_ONCE) {
      throw new UsageException(
          "Cannot run %d stages side by side: expected --parallel 1 to %d."
              .formatted(stages, MOST_AT_ONCE));
    }
    if (retries < 0) {
      throw new UsageException(
          "Cannot try again %d times: expected --retries 0 or more.".formatted(retries));
    }
    try {
      LeaseTiming.of(workspace.configuration());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    return new RunOptions(stages, new RetryPolicy(retries, pause), missing, patience);
  }
}
