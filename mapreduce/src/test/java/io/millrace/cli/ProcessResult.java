package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a process of its own gave its caller. */
record ProcessResult(int exitCode, String out, String err) {
  private static final int LONGEST_MINUTES = 5;

  /** Runs a command in a folder, with no cluster configured and that folder for temporary files. */
  static ProcessResult of(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("HADOOP_CONF_DIR");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // made in the background, which would outlive the folder
    builder.environment().put("MILLRACE_CACHE", "");
    builder.environment().put("MILLRACE_OPTS", "-Djava.io.tmpdir=" + folder);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), "takes long: " + command);
    } finally {
      process.destroyForcibly();
    }
    return new ProcessResult(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  ProcessResult expect(ExitCode expected) {
    assertEquals(expected.code(), exitCode, () -> "out:\n" + out + "\nerr:\n" + err);
    return this;
  }
}
