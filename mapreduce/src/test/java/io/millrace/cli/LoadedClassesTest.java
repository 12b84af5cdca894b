package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command brings into memory: each class costs a part of a millisecond. */
class LoadedClassesTest {
  private static final Pattern LOADED = Pattern.compile("(?m)^(\\S+) source: ");

  /** Of jobs, models at work and clusters: a spec is checked without. */
  private static final List<String> NEEDLESS =
      List.of(
          "ai.onnxruntime.",
          "io.millrace.job.clean.",
          "io.millrace.job.score.",
          "io.millrace.oozie.OozieClient",
          "ml.dmlc.",
          "org.apache.hadoop.mapred.LocalJobRunner",
          "org.apache.hadoop.mapred.MapTask",
          "org.apache.hadoop.mapreduce.Job",
          "org.apache.hadoop.yarn.",
          "org.codehaus.janino.");

  @TempDir Path folder;

  private Set<String> loadedBy(String... arguments) throws Exception {
    Path log = folder.resolve("loaded");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load=info:file=" + log + ":none",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessResult.of(folder, command).expect(ExitCode.DONE);
    return LOADED
        .matcher(Files.readString(log))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void shouldLoadNoJobToCheckASpec() throws Exception {
    Path spec =
        Path.of("..", "scripts", "examples", "online-retail", "pipeline.yaml")
            .toAbsolutePath()
            .normalize();
    Set<String> loaded =
        loadedBy("validate", spec.toString(), "--set", "landing=in", "--set", "warehouse=wh");
    assertTrue(loaded.contains(ValidateCommand.class.getName()), () -> loaded.size() + " classes");
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(name -> NEEDLESS.stream().anyMatch(name::startsWith))
            .filter(name -> !name.startsWith("org.apache.hadoop.mapreduce.JobContext"))
            .sorted()
            .toList());
  }
}
