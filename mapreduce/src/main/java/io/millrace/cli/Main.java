package io.millrace.cli;

import io.millrace.run.HeadStart;
import io.millrace.run.InputMissingException;
import io.millrace.run.QualityLimitException;
import io.millrace.run.StageFailedException;
import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import io.millrace.warehouse.LeaseHeldException;
import io.millrace.warehouse.LeaseLostException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The entry of the job jar. */
public final class Main {
  private static final Set<String> COMMANDS_WITH_JOBS =
      Set.of("run", "backfill", "train", "demo", "test");
  private static final long SECONDS_TO_END_JOBS = 60;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    if (hasJobs(arguments)) {
      HeadStart.begin();
    }
    CommandLine commands = commandLine(new Console(out, err, isTerminal()), arguments);
    // Hadoop's hooks take a while to come up, in which arguments can be understood
    CountDownLatch ended = endInOrder(arguments);
    int code = commands.execute(arguments);
    out.flush();
    err.flush();
    ended.countDown();
    System.exit(code);
  }

  /**
   * Lets the command, which this thread is about to run, end its jobs and say what it did, where
   * the process is told to end: by Ctrl-C, or by whoever started it.
   *
   * @return to be counted down when the command is over
   */
  static CountDownLatch endInOrder(String[] arguments) {
    Thread command = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    long seconds = hasJobs(arguments) ? SECONDS_TO_END_JOBS : 1;
    // before the hook that closes file systems
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              try {
                if (ended.getCount() > 0) {
                  command.interrupt();
                }
                boolean unused = ended.await(seconds, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            FileSystem.SHUTDOWN_HOOK_PRIORITY + 1,
            seconds + 1,
            TimeUnit.SECONDS);
    return ended;
  }

  private static boolean hasJobs(String[] arguments) {
    return arguments.length > 0 && COMMANDS_WITH_JOBS.contains(arguments[0]);
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
    return commandLine(console, arguments).execute(arguments);
  }

  /** The commands that these arguments may be for, as they are parsed and as they fail. */
  static CommandLine commandLine(Console console, String... arguments) {
    CommandLine commands = new CommandLine(new MillraceCommand(), new CommandFactory(console));
    MillraceCommand.namedBy(arguments).forEach(commands::addSubcommand);
    return commands
        .setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(LocalDate.class, Main::date)
        .registerConverter(Duration.class, new DurationText())
        .registerConverter(Instant.class, Main::moment)
        .setParameterExceptionHandler((e, given) -> wrongUsage(console, e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> failed(console, e, command.getCommand()).code());
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

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "Cannot read time: %s. Expected a time with its offset, such as 2026-11-22T09:00:00Z"
              .formatted(text));
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
            || e instanceof UncheckedIOException
            || e instanceof InterruptedException);
  }

  /** The last line on standard error. */
  private static String reason(Exception e) {
    if (e instanceof SpecException spec) {
      return "The spec has %d %s; nothing was run."
          .formatted(spec.problems().size(), spec.problems().size() == 1 ? "problem" : "problems");
    }
    if (e instanceof InterruptedException) {
      return "Interrupted: its jobs were ended. What was published stays; the same command goes on from there.";
    }
    if (isOurMistake(e)) {
      return "Millrace failed unexpectedly (" + e + "). The stack trace above says where.";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
