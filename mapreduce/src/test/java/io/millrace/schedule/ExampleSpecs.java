package io.millrace.schedule;

import io.millrace.pipeline.Binder;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.SpecFiles;
import io.millrace.plan.Outlines;
import io.millrace.spec.SpecParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The examples' specs as schedulers see them, and others that lie beside them. */
public final class ExampleSpecs {
  private static final Path EXAMPLES = Path.of("..", "scripts", "examples");

  private ExampleSpecs() {}

  /** An example as it is. */
  public static ScheduledPipeline example(String path, Map<String, String> settings) {
    return spec(path, text(path), settings);
  }

  /**
   * An example, changed.
   *
   * @param schedule in the place of its own; none where it is empty
   * @param changes what is replaced by what; each must be there
   */
  static ScheduledPipeline changed(
      String path, Map<String, String> settings, String schedule, String... changes) {
    String yaml = text(path);
    yaml = yaml.substring(0, yaml.indexOf("\nschedule:"));
    for (int change = 0; change < changes.length; change += 2) {
      if (!yaml.contains(changes[change])) {
        throw new IllegalArgumentException("There is no " + changes[change] + " in " + path);
      }
      yaml = yaml.replace(changes[change], changes[change + 1]);
    }
    return spec(path, schedule.isEmpty() ? yaml : yaml + "\nschedule: " + schedule, settings);
  }

  private static String text(String path) {
    try {
      return Files.readString(EXAMPLES.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A spec that would lie among the examples. */
  public static ScheduledPipeline spec(String path, String yaml, Map<String, String> settings) {
    SpecFiles files =
        named ->
            Files.readAllBytes(
                named.endsWith("scorecard.onnx")
                    ? EXAMPLES.resolve("card-fraud/tests/scorecard.onnx")
                    : EXAMPLES.resolve(path).resolveSibling(named));
    Pipeline pipeline = Binder.bind(SpecParser.parse(path, yaml, settings), files);
    return Scheduling.of(pipeline, Outlines.of(pipeline), "/specs/" + path, yaml, settings);
  }
}
