package io.millrace.schedule;

import io.millrace.plan.StageId;
import io.millrace.plan.StageKind;
import io.millrace.spec.DurationReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** A command that a scheduler starts, and tries again by itself. */
public sealed interface Step {
  /**
   * A name that is another for each step of a pipeline: at most 100 letters, digits, {@code _} and
   * {@code -}, a letter first.
   */
  String id();

  /** What stands behind {@code millrace} before the pipeline: the command. */
  String command();

  /** What stands behind the pipeline, its settings and the date. */
  List<String> options();

  /**
   * All that stands behind {@code millrace}, argument by argument.
   *
   * @param pipeline where the spec lies
   * @param settings what is given with {@code --set}
   * @param date as the command is to see it: a date, or what a scheduler makes one of
   */
  default List<String> arguments(String pipeline, SortedMap<String, String> settings, String date) {
    List<String> arguments = new ArrayList<>(List.of(command(), pipeline));
    settings.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
    arguments.addAll(List.of("--date", date));
    arguments.addAll(options());
    return List.copyOf(arguments);
  }

  /** Makes a stage of the date. */
  record OfStage(StageId stage) implements Step {
    private static final int LONGEST = 100;

    @Override
    public String id() {
      String name = stage.toString().replace('/', '-');
      return name.length() <= LONGEST
          ? name
          : "%s-%08x".formatted(name.substring(0, LONGEST - 9), name.hashCode());
    }

    @Override
    public String command() {
      return "run";
    }

    @Override
    public List<String> options() {
      List<String> options = new ArrayList<>(List.of("--stage", stage.toString()));
      if (stage.kind() == StageKind.CLEAN) {
        // a night that has waited long enough begins without its input, but not with half of it
        options.add("--if-landed");
      }
      return List.copyOf(options);
    }
  }

  /**
   * Waits until the input of the date is all there.
   *
   * @param patience how long at most
   */
  record Await(Duration patience) implements Step {
    @Override
    public String id() {
      return "await";
    }

    @Override
    public String command() {
      return "await";
    }

    @Override
    public List<String> options() {
      return List.of("--for", DurationReader.text(patience));
    }
  }
}
