package io.millrace.oozie;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Oozie's launchers as the processes that they are, below this one, whose cluster runs them. */
final class Launchers {
  private Launchers() {}

  static List<ProcessHandle> running() {
    try (Stream<ProcessHandle> processes = ProcessHandle.current().descendants()) {
      return processes.filter(Launchers::isLauncher).toList();
    }
  }

  private static boolean isLauncher(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent()
        && process.info().commandLine().filter(line -> line.contains("LauncherAM")).isPresent();
  }

  /** Kills a launcher as the loss of its host would: without a word. */
  static void kill(ProcessHandle launcher) throws Exception {
    launcher.destroyForcibly();
    launcher.onExit().get(10, TimeUnit.SECONDS);
  }
}
