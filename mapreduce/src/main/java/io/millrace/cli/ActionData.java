package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.plan.MissingModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an action hands on to its workflow, where decisions read it: {@code
 * wf:actionData('clean')['state']}.
 *
 * @param run the name of the run; empty where none began
 * @param reason for a person; empty where the night can go on
 * @param counts of what was made
 */
record ActionData(
    State state, Subject subject, String run, String reason, SortedMap<String, Long> counts) {
  /** Above it, Oozie fails the action. */
  static final int MOST_BYTES = 2048;

  /** Oozie's own messages are cut at it. */
  private static final int LONGEST_REASON = 500;

  private static final int MOST_REASON_BYTES = 1000;
  private static final String RAW = "raw/";
  private static final JsonMapper JSON = new JsonMapper();

  /** What became of the command. */
  enum State {
    DONE,
    WRONG_SPEC,
    QUALITY,
    /** What should have landed; where it is another night's work that is missing, it may come. */
    INPUT_MISSING,
    /** Only the registered model has no version yet; all else is done. */
    NO_MODEL;

    boolean goesOn() {
      return this == DONE || this == NO_MODEL;
    }
  }

  /** What a command was about: a stage, or a command's name; and a date, if it has one. */
  record Subject(String stage, String date) {
    static Subject of(List<String> arguments) {
      String command = arguments.isEmpty() ? "millrace" : arguments.get(0);
      return new Subject(
          option("--stage", arguments).orElse(command), option("--date", arguments).orElse(""));
    }

    /** Read by hand, as the arguments may be ones that cannot be read otherwise. */
    private static Optional<String> option(String name, List<String> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).startsWith(name + "=")) {
          return Optional.of(arguments.get(i).substring(name.length() + 1));
        }
        if (arguments.get(i).equals(name) && i + 1 < arguments.size()) {
          return Optional.of(arguments.get(i + 1));
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return date.isEmpty() ? stage : stage + " of " + date;
    }
  }

  ActionData {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /**
   * The action data of a command that has ended.
   *
   * @param soFar what it has done: {@link JsonResult#soFar}
   * @param why it failed, where it did
   * @throws ActionFailedException where it may succeed when it is tried again
   */
  static ActionData of(Subject subject, ExitCode code, Map<String, Object> soFar, String why)
      throws ActionFailedException {
    JsonNode did = JSON.valueToTree(soFar);
    Set<String> missing = missing(did);
    String reason = reason(subject, told(missing, why));
    State state =
        state(code, missing, !did.path("failed").isEmpty())
            .orElseThrow(() -> new ActionFailedException(reason));
    return new ActionData(
        state,
        subject,
        did.path("run").asText(""),
        state.goesOn() ? "" : reason,
        counts(subject, did));
  }

  private static Optional<State> state(ExitCode code, Set<String> missing, boolean isChanged) {
    return switch (code) {
      case DONE -> Optional.of(State.DONE);
      case USAGE -> Optional.of(State.WRONG_SPEC);
      case QUALITY -> Optional.of(State.QUALITY);
      case INPUT_MISSING -> missing(missing, isChanged);
      case FAILED, LEASED -> Optional.empty();
    };
  }

  /**
   * Raw input has been waited for, and a model is made by hand or once a week. But what other
   * nights make is there or a night would not have begun: it is being made again, or changes this
   * moment.
   */
  private static Optional<State> missing(Set<String> missing, boolean isChanged) {
    if (missing.isEmpty()
        ? !isChanged
        : missing.stream().anyMatch(input -> input.startsWith(RAW))) {
      return Optional.of(State.INPUT_MISSING);
    }
    boolean isModel = missing.stream().allMatch(MissingModel::isPlace);
    return isModel && !isChanged ? Optional.of(State.NO_MODEL) : Optional.empty();
  }

  private static Set<String> missing(JsonNode did) {
    Set<String> missing = new LinkedHashSet<>();
    for (JsonNode stage : did.path("blocked")) {
      stage.path("missing").forEach(input -> missing.add(input.asText()));
    }
    return missing;
  }

  /** The last line says what to do; whoever reads Oozie's message wants to know what is missing. */
  private static String told(Set<String> missing, String why) {
    return missing.isEmpty() ? why : "missing: " + String.join("; ", missing);
  }

  /** Why a command failed, in the one line that Oozie shows. */
  static String reason(Subject subject, String why) {
    String text = subject + ": " + why;
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON - 1) + "…" : text;
  }

  /** Those of the stage asked for; where several were made, each named with its stage. */
  private static SortedMap<String, Long> counts(Subject subject, JsonNode did) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (JsonNode made : did.path("ran")) {
      String stage = made.path("stage").asText();
      String prefix = stage.equals(subject.stage()) ? "" : stage + ".";
      made.path("counts")
          .properties()
          .forEach(
              count -> counts.merge(prefix + count.getKey(), count.getValue().asLong(), Long::sum));
    }
    return counts;
  }

  /** Writes the file that Oozie reads; counts that it has no room for are left out. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(line("state", state.name().toLowerCase(Locale.ROOT)));
    text.append(line("stage", subject.stage()));
    text.append(line("date", subject.date()));
    text.append(line("run", run));
    if (!reason.isEmpty()) {
      text.append(reasonLine());
    }
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      String line = line(count.getKey(), count.getValue().toString());
      if (text.length() + line.length() <= MOST_BYTES) {
        text.append(line);
      }
    }
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  /** Letters that are not ASCII take six bytes. */
  private String reasonLine() {
    String shortened = reason;
    String line = line("reason", shortened);
    while (line.length() > MOST_REASON_BYTES) {
      shortened = shortened.substring(0, shortened.length() * 3 / 4);
      line = line("reason", shortened + "…");
    }
    return line;
  }

  /** A line of a properties file, in ASCII. */
  private static String line(String key, String value) {
    Properties property = new Properties();
    property.setProperty(key, value);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      property.store(bytes, null);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    String text = bytes.toString(StandardCharsets.US_ASCII);
    // without the comment that says when
    return text.substring(text.indexOf('\n') + 1);
  }
}
