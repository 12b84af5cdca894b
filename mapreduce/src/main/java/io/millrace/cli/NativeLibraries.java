package io.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.xerial.snappy.OSInfo;

/**
 * The native code of ONNX Runtime and Snappy as files of one folder, where both look for it if they
 * are told to: else they unpack it from their jars in every process, 24 MB for one that scores.
 */
final class NativeLibraries {
  /** The system property that names the folder to ONNX Runtime. */
  static final String ONNX_RUNTIME_PATH = "onnxruntime.native.path";

  /** The system property that names the folder to Snappy. */
  static final String SNAPPY_PATH = "org.xerial.snappy.lib.path";

  private NativeLibraries() {}

  /**
   * Unpacks those of this machine's kind.
   *
   * @throws IOException also where the jars have none for it
   */
  static void unpack(Path folder) throws IOException {
    String onnxRuntime = "/ai/onnxruntime/native/" + platform() + "/";
    unpack(onnxRuntime, "onnxruntime", folder);
    unpack(onnxRuntime, "onnxruntime4j_jni", folder);
    unpack(
        "/org/xerial/snappy/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/",
        "snappyjava",
        folder);
  }

  /** As ONNX Runtime names it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.contains("mac") ? "osx" : system)
        + "-"
        + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
  }

  private static void unpack(String resources, String library, Path folder) throws IOException {
    String name = System.mapLibraryName(library);
    try (InputStream in = NativeLibraries.class.getResourceAsStream(resources + name)) {
      if (in == null) {
        throw new IOException("Cannot find " + resources + name + " in any jar");
      }
      Files.copy(in, folder.resolve(name));
    }
  }
}
