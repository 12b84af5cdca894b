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

  /**
   * An example, changed.
   *
   * @param changes what is replaced by what; each must be there
   */
  public static ScheduledPipeline example(
      String path, Map<String, String> settings, String... changes) {
    try {
      String yaml = Files.readString(EXAMPLES.resolve(path));
      for (int change = 0; change < changes.length; change += 2) {
        if (!yaml.contains(changes[change])) {
          throw new IllegalArgumentException("There is no " + changes[change] + " in " + path);
        }
        yaml = yaml.replace(changes[change], changes[change + 1]);
      }
      return spec(path, yaml, settings);
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
