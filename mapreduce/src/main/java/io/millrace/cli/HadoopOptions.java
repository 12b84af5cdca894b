package io.millrace.cli;

import io.millrace.job.shuffle.MapSort;
import io.millrace.run.LocalRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** Which Hadoop a command works with. */
final class HadoopOptions {
  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "A Hadoop configuration property. May be given several times.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** Hadoop's configuration as the class path, Oozie's launcher and the options give it. */
  Configuration configuration() {
    Configuration configuration = LocalRuntime.defaults();
    OozieLauncher.ofThisProcess().ifPresent(launcher -> launcher.handOn(configuration));
    properties.forEach(configuration::set);
    checkSort(configuration);
    if (LocalRuntime.isLocal(configuration)) {
      LocalRuntime.tune(configuration, LocalRuntime.temporaryFolder());
      properties.forEach(configuration::set);
    }
    return configuration;
  }

  private static void checkSort(Configuration configuration) {
    try {
      MapSort.of(configuration);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
