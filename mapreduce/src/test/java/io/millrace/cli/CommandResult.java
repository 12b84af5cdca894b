package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command gave its caller. */
public record CommandResult(int exitCode, String out, String err) {
  /** Runs a command in this process, as if both outputs were piped. */
  public static CommandResult of(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);
    int code = Main.run(console, arguments.toArray(String[]::new));
    console.out().flush();
    console.err().flush();
    return new CommandResult(code, out.toString(), err.toString());
  }

  static CommandResult of(String... arguments) {
    return of(List.of(arguments));
  }

  CommandResult expect(ExitCode expected) {
    assertEquals(expected.code(), exitCode, () -> "out:\n" + out + "\nerr:\n" + err);
    return this;
  }

  /** The reason and what to do, as whoever starts a command shows it. */
  String lastLineOfErr() {
    List<String> lines = err.lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}
