package io.millrace.learn.trees;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;

/** For tests that grow trees: they are skipped where the system lacks what XGBoost links to. */
public final class NativeLibrary {
  private NativeLibrary() {}

  public static void assumeLoadable() throws IOException {
    try {
      XgBoost.requireLibrary();
    } catch (IOException e) {
      // the second who asks only hears that the first could not
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause.toString().contains("libgomp")) {
          abort(e.getMessage());
        }
      }
      throw e;
    }
  }
}
