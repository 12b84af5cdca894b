package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.example.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples pass all tests that lie beside them. */
class ExampleFixturesIT {
  /** Writes an example's files into a folder. */
  static Path copy(String name, Path folder) throws IOException {
    Examples.Example example = Examples.named(name).orElseThrow();
    for (String file : example.files()) {
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      try (InputStream in = example.open(file)) {
        Files.copy(in, target);
      }
    }
    return folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"card-fraud", "online-retail"})
  void shouldPassTheTestsOfAnExample(String name, @TempDir Path folder) throws IOException {
    Path example = copy(name, folder);
    CommandResult result =
        CommandResult.of("test", example.resolve("pipeline.yaml").toString()).expect(ExitCode.DONE);
    long passed = result.out().lines().filter(line -> line.startsWith("ok ")).count();
    assertEquals(result.out().lines().count() - 1, passed, result::out);
  }
}
