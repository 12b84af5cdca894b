package io.millrace.warehouse;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A run in a process of its own, which sends itself a signal before one of its calls: a test kills
 * it, or puts it to sleep, at any of them.
 */
final class PublishingProcess {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int LOST = 5;

  /** What a shell says of a process that was killed. */
  static final int KILLED = 137;

  private PublishingProcess() {}

  /**
   * Starts one.
   *
   * @param signal its name, such as KILL
   * @param step before which of its calls it sends the signal, counted from 0
   */
  static Process start(
      Warehouse warehouse, String run, String text, String signal, int step, File output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx200m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(PublishingProcess.class.getName());
    command.addAll(List.of(warehouse.root().toString(), run, text, signal, Integer.toString(step)));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
  }

  /** Settings by which a run that gives no sign of life is soon taken for dead. */
  static Configuration quick(Configuration configuration) {
    Configuration quick = new Configuration(configuration);
    Map.of(LeaseTiming.HEARTBEAT, "200ms", LeaseTiming.DEAD_AFTER, "2s").forEach(quick::set);
    return quick;
  }

  public static void main(String[] args) throws Exception {
    Configuration configuration = quick(new Configuration());
    Warehouse warehouse = new Warehouse(new Path(args[0]), configuration);
    int[] steps = {0};
    RunEnvironment environment =
        RunEnvironment.of(LeaseTiming.of(configuration))
            .withListener(
                step -> {
                  if (steps[0]++ == Integer.parseInt(args[4])) {
                    send(args[3]);
                  }
                });
    int end = DONE;
    try (Committer committer = new Committer(warehouse, args[1], "run by a test", environment)) {
      Staging staging = committer.begin(KilledProcesses.UNIT, Duration.ofMinutes(1), holder -> {});
      committer.publish(staging, StagedWork.fill(warehouse, staging, args[2]));
    } catch (LeaseLostException | LeaseHeldException e) {
      System.err.println(e.getMessage());
      end = LOST;
    } catch (IOException e) {
      e.printStackTrace();
      end = FAILED;
    }
    System.exit(end);
  }

  private static void send(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      // a signal that ends this process may take a moment
      Thread.sleep(signal.equals("KILL") ? 10_000 : 200);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
