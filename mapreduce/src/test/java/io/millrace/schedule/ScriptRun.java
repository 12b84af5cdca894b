package io.millrace.schedule;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that tests start: Python, bash, and a stand-in of millrace. */
public final class ScriptRun {
  private ScriptRun() {}

  /** Skips a test, and says so, where a program is not there. */
  public static void require(String program, String... arguments) throws IOException {
    boolean there;
    try {
      String[] command = new String[arguments.length + 1];
      command[0] = program;
      System.arraycopy(arguments, 0, command, 1, arguments.length);
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      there = process.waitFor() == 0;
    } catch (IOException e) {
      there = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      there = false;
    }
    assumeTrue(there, program + " is not there");
  }

  /**
   * Runs a program, which has to end well.
   *
   * @return what it printed
   */
  public static String run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Path errors = Files.createTempFile("errors", ".txt");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    String said = Files.readString(errors);
    Files.delete(errors);
    if (code != 0) {
      throw new AssertionError(
          "%s ended with %d and said: %s%s".formatted(command, code, output, said));
    }
    return output;
  }

  /** Writes a script that can be run. */
  public static Path write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("Cannot make executable: " + file);
    }
    return file;
  }
}
