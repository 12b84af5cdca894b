package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.example.ExampleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for cron and Airflow, as its user asks for it. */
class RenderToFileTest {
  @TempDir private Path folder;
  private Path spec;

  @BeforeEach
  void write() throws IOException {
    spec = ExampleFolder.write("online-retail", folder);
  }

  private CommandResult render(String scheduler, Path file) {
    return CommandResult.of(
            scheduler,
            "render",
            spec.toString(),
            "--set",
            "landing=" + folder.resolve("landing"),
            "--set",
            "warehouse=" + folder.resolve("warehouse"),
            "--to-file",
            file.toString())
        .expect(ExitCode.DONE);
  }

  @Test
  void shouldMakeTheFolderOfTheFile() throws IOException {
    Path file = folder.resolve("airflow").resolve("dags").resolve("retail.py");
    render("airflow", file);
    assertFalse(Files.isExecutable(file));
    assertTrue(Files.readString(file).contains("DAG("));
  }

  @Test
  void shouldMakeAProgramForCron() throws IOException {
    Path file = folder.resolve("retail-nights");
    render("cron", file);
    assertTrue(Files.isExecutable(file));
    assertTrue(Files.readString(file).startsWith("#!"));
  }
}
