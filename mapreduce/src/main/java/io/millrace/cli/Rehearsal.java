package io.millrace.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs the usual commands once, on a little data and in silence. What the JVM loads for that it can
 * keep in the form in which it needs it, and the native code lies unpacked: {@code
 * scripts/class-archive}.
 */
final class Rehearsal {
  private static final String DATE = "2026-01-01";

  private final Path folder;

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /**
   * Rehearses.
   *
   * @param arguments a new folder, which the caller deletes, and one that will have the native
   *     libraries
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "Expected the folder to rehearse in, and one for native libraries");
    }
    NativeLibraries.unpack(Path.of(arguments[1]));
    // what does not work from there is not kept
    System.setProperty(NativeLibraries.ONNX_RUNTIME_PATH, arguments[1]);
    System.setProperty(NativeLibraries.SNAPPY_PATH, arguments[1]);
    boolean well = new Rehearsal(Path.of(arguments[0]).toAbsolutePath()).isWell();
    System.exit(well ? 0 : 1);
  }

  private boolean isWell() {
    return millrace("demo", "--days", "1", "--folder", folder.toString())
        && onPipeline("validate")
        && onPipeline("test")
        && onDate("plan")
        && onDate("status")
        && onDate("run")
        && onDate("show", "scores");
  }

  private boolean onDate(String command, String... further) {
    List<String> arguments = new ArrayList<>(List.of(further));
    Collections.addAll(arguments, "--date", DATE);
    return onPipeline(command, arguments.toArray(String[]::new));
  }

  private boolean onPipeline(String command, String... further) {
    List<String> arguments =
        new ArrayList<>(List.of(command, folder.resolve("card-fraud/pipeline.yaml").toString()));
    for (String place : List.of("landing", "warehouse")) {
      Collections.addAll(arguments, "--set", place + "=" + folder.resolve(place));
    }
    Collections.addAll(arguments, further);
    return millrace(arguments.toArray(String[]::new));
  }

  private static boolean millrace(String... arguments) {
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    return Main.run(new Console(nobody, nobody, false), arguments) == ExitCode.DONE.code();
  }
}
