package io.millrace.example;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The examples that travel in the jar. */
public final class Examples {
  private static final List<Example> ALL =
      List.of(
          new Example(
              "card-fraud",
              List.of(
                  "pipeline.yaml",
                  "transaction.avsc",
                  "README.md",
                  "trained.yaml",
                  "tests/cleaning.test.yaml",
                  "tests/features.test.yaml",
                  "tests/scores.test.yaml",
                  "tests/scorecard.onnx")),
          new Example(
              "online-retail",
              List.of(
                  "pipeline.yaml", "line_item.avsc", "README.md", "tests/customers.test.yaml")));

  private Examples() {}

  public static List<Example> all() {
    return ALL;
  }

  public static Optional<Example> named(String name) {
    return ALL.stream().filter(example -> example.name().equals(name)).findFirst();
  }

  /**
   * A pipeline with all that its spec names, but for data and models.
   *
   * @param files by their paths within the example, the spec first
   */
  public record Example(String name, List<String> files) {
    public Example {
      files = List.copyOf(files);
    }

    /** Where a file lies on the class path. */
    public String resource(String file) {
      return "examples/" + name + "/" + file;
    }

    /** Opens a file; the caller closes it. */
    public InputStream open(String file) throws IOException {
      InputStream in = Examples.class.getClassLoader().getResourceAsStream(resource(file));
      if (in == null) {
        throw new FileNotFoundException(
            "Cannot open example file: " + resource(file) + ". The example has " + files);
      }
      return in;
    }

    /** Writes all files. */
    public void write(LandingSink sink) throws IOException {
      for (String file : files) {
        try (InputStream in = open(file);
            OutputStream out = sink.create(file)) {
          in.transferTo(out);
        }
      }
    }
  }
}
