package io.millrace.cli;

import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * The main class of Oozie's {@code <java>} actions: runs the command that a person would type after
 * {@code millrace}. Oozie knows success and failure only, and tries again what failed. So what can
 * pass by itself is a failure, with its reason; what will not is a success whose action data say
 * what is wrong, for a decision to look at: {@link ActionData}.
 */
public final class OozieAction {
  /**
   * Names the file that Oozie reads action data from, where the action has a {@code
   * <capture-output/>}.
   */
  private static final String OUTPUT = "oozie.action.output.properties";

  private OozieAction() {}

  /**
   * Runs a command. Returns rather than ends the process, which is Oozie's launcher.
   *
   * @throws ActionFailedException where it may succeed when it is tried again
   */
  public static void main(String[] arguments) throws ActionFailedException, IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CountDownLatch ended = Main.endInOrder(arguments);
    try {
      ActionData data = run(new Console(out, err, false), arguments);
      String file = System.getProperty(OUTPUT);
      if (file != null) {
        data.write(Path.of(file));
      }
    } finally {
      // set where the run was told to stop; the launcher has still to report that
      boolean unused = Thread.interrupted();
      out.flush();
      err.flush();
      ended.countDown();
    }
  }

  /** Runs a command and says what came of it. */
  static ActionData run(Console console, String... arguments) throws ActionFailedException {
    CommandLine commandLine = Main.commandLine(console, arguments);
    List<Problem> problems = new ArrayList<>();
    CommandLine.IExecutionExceptionHandler usual = commandLine.getExecutionExceptionHandler();
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          problems.addAll(e instanceof SpecException spec ? spec.problems() : List.of());
          return usual.handleExecutionException(e, command, parsed);
        });
    ExitCode code = ExitCode.of(commandLine.execute(arguments));
    ActionData.Subject subject = ActionData.Subject.of(List.of(arguments));
    String why = problems.isEmpty() ? console.lastSaid() : text(problems);
    return ActionData.of(subject, code, soFar(commandLine), why);
  }

  /** The last line says only how many there are. */
  private static String text(List<Problem> problems) {
    int more = problems.size() - 1;
    return problems.get(0) + (more == 0 ? "" : " (and %d more)".formatted(more));
  }

  /** What a command that runs stages has done, as it shows it with {@code --json}. */
  private static Map<String, Object> soFar(CommandLine commandLine) {
    CommandLine.ParseResult parsed = commandLine.getParseResult();
    // null where the arguments could not be read
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed != null && parsed.commandSpec().userObject() instanceof JsonResult result
        ? result.soFar()
        : Map.of();
  }
}
