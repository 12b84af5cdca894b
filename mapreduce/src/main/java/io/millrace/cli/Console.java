package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/**
 * Where a command writes: results to standard output, what happens meanwhile to standard error. On
 * a terminal one line is rewritten as work goes on; piped, nothing is. Thread-safe.
 */
final class Console {
  private static final String ERASE_LINE = "\r\u001b[2K";

  /** Comes up where it is used, which most commands do not. */
  private static final class Json {
    private static final ObjectMapper MAPPER =
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private boolean lineOpen;
  private String lastSaid = "";

  Console(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** A line of the result. */
  synchronized void print(String line) {
    closeLine();
    out.println(line);
    out.flush();
  }

  /** The result as JSON, for programs. */
  synchronized void printJson(Object value) {
    try {
      print(Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write the result as JSON", e);
    }
  }

  /** A line about what happens. */
  synchronized void say(String line) {
    closeLine();
    err.println(line);
    err.flush();
    lastSaid = line;
  }

  /** The last line about what happens; of a command that has failed, the reason and what to do. */
  synchronized String lastSaid() {
    return lastSaid;
  }

  /** What is going on this moment; shown on a terminal only, until the next line. */
  synchronized void status(String line) {
    if (terminal) {
      err.print(ERASE_LINE + line);
      err.flush();
      lineOpen = true;
    }
  }

  private void closeLine() {
    if (lineOpen) {
      err.print(ERASE_LINE);
      err.flush();
      lineOpen = false;
    }
  }
}
