package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

class NativeLibrariesTest {
  @TempDir Path folder;

  /** A process that loads both, and says what they have put among the temporary files. */
  static final class Loading {
    private Loading() {}

    public static void main(String[] arguments) throws Exception {
      OrtEnvironment.getEnvironment();
      System.out.println(Snappy.uncompressString(Snappy.compress("loaded")));
      try (Stream<Path> temporary = Files.walk(Path.of(System.getProperty("java.io.tmpdir")))) {
        temporary.filter(Files::isRegularFile).forEach(System.out::println);
      }
    }
  }

  @Test
  void shouldLetAProcessLoadThemWithoutUnpackingThem() throws Exception {
    NativeLibraries.unpack(folder);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-D%s=%s".formatted(NativeLibraries.ONNX_RUNTIME_PATH, folder),
            "-D%s=%s".formatted(NativeLibraries.SNAPPY_PATH, folder),
            "-cp",
            System.getProperty("java.class.path"),
            Loading.class.getName());
    assertEquals("loaded", ProcessResult.of(folder, command).expect(ExitCode.DONE).out().strip());
  }
}
