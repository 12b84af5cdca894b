package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.example.ExampleFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples pass all tests that lie beside them. */
class ExampleFixturesIT {
  @ParameterizedTest
  @ValueSource(strings = {"card-fraud", "online-retail"})
  void shouldPassTheTestsOfAnExample(String name, @TempDir Path folder) throws IOException {
    Path spec = ExampleFolder.write(name, folder);
    CommandResult result = CommandResult.of("test", spec.toString()).expect(ExitCode.DONE);
    long passed = result.out().lines().filter(line -> line.startsWith("ok ")).count();
    assertEquals(result.out().lines().count() - 1, passed, result::out);
  }
}
