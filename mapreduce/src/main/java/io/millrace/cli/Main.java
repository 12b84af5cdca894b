package io.millrace.cli;

import io.millrace.run.InputMissingException;
import io.millrace.run.QualityLimitException;
import io.millrace.run.StageFailedException;
import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import io.millrace.warehouse.LeaseHeldException;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The entry of the job jar. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(new Console(out, err, isTerminal()), arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /**
   * Whether a person watches. From Java 22 on there is a console even where there is no terminal.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    java.io.Console terminal = System.console();
    if (terminal == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(terminal);
    } catch (ReflectiveOperationException e) {
      // an older Java: that there is a console is answer enough
      return true;
    }
  }

  /** Runs a command and returns its exit code. */
  static int run(Console console, String... arguments) {
    return new CommandLine(new MillraceCommand(), new CommandFactory(console))
        .setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(LocalDate.class, Main::date)
        .setParameterExceptionHandler((e, given) -> wrongUsage(console, e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> failed(console, e, command.getCommand()).code())
        .execute(arguments);
  }

  private static int wrongUsage(Console console, CommandLine.ParameterException e) {
    CommandLine.UnmatchedArgumentException.printSuggestions(e, console.err());
    console.say(
        "%s (see `%s --help`)"
            .formatted(e.getMessage(), e.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.USAGE.code();
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "Cannot read date: %s. Expected a day such as 2026-11-21".formatted(text));
    }
  }

  private static ExitCode failed(Console console, Exception e, Object command) {
    ExitCode code = exitCode(e);
    List<Problem> problems = e instanceof SpecException spec ? spec.problems() : List.of();
    String reason = reason(e);
    if (command instanceof JsonResult result && result.wantsJson()) {
      console.printJson(JsonResult.failed(result.soFar(), code, reason, problems));
    }
    problems.forEach(problem -> console.say(problem.toString()));
    if (isOurMistake(e)) {
      // the stack trace is what its finder needs
      e.printStackTrace(console.err());
    } else if (code == ExitCode.FAILED) {
      LoggerFactory.getLogger(Main.class).debug("failed", e);
    }
    console.say(reason);
    return code;
  }

  private static ExitCode exitCode(Exception e) {
    if (e instanceof SpecException || e instanceof UsageException) {
      return ExitCode.USAGE;
    }
    if (e instanceof QualityLimitException) {
      return ExitCode.QUALITY;
    }
    if (e instanceof InputMissingException) {
      return ExitCode.INPUT_MISSING;
    }
    if (e instanceof LeaseHeldException || e instanceof LeaseLostException) {
      return ExitCode.LEASED;
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.FAILED;
  }

  private static boolean isOurMistake(Exception e) {
    return exitCode(e) == ExitCode.FAILED
        && !(e instanceof StageFailedException
            || e instanceof IOException
            || e instanceof InterruptedException);
  }

  /** The last line on standard error. */
  private static String reason(Exception e) {
    if (e instanceof SpecException spec) {
      return "The spec has %d %s; nothing was run."
          .formatted(spec.problems().size(), spec.problems().size() == 1 ? "problem" : "problems");
    }
    if (e instanceof InterruptedException) {
      return "Interrupted; what was not published yet is made by the next run.";
    }
    if (isOurMistake(e)) {
      return "Millrace failed unexpectedly (" + e + "). The stack trace above says where.";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
