package io.millrace.learn.trees;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Iterator;
import ml.dmlc.xgboost4j.java.XGBoostJNI;

/**
 * The functions of XGBoost's native library. They are called as they are, rather than by the
 * classes around them, which make an object of each row that they predict, and need Kryo and Scala.
 */
final class XgBoost {
  private static final float MISSING = Float.NaN;

  private XgBoost() {}

  /** A function that gives a handle. */
  interface Creation {
    int create(long[] out);
  }

  /**
   * Calls a function that gives a handle.
   *
   * @param what that failed, for a person: {@code grow a tree}
   */
  static long handle(String what, Creation creation) throws IOException {
    requireLibrary();
    long[] out = new long[1];
    check(what, creation.create(out));
    return out[0];
  }

  /**
   * Loads the native library.
   *
   * @throws IOException where that cannot be done, with what is missing
   */
  static void requireLibrary() throws IOException {
    try {
      XGBoostJNI.XGBGetLastError();
    } catch (LinkageError e) {
      throw new IOException(
          "Cannot load XGBoost's native library: %s. It needs 64-bit Linux or macOS, the GNU OpenMP library (libgomp.so.1: `apt-get install libgomp1`, `dnf install libgomp`) on every node that trains trees, and a java.io.tmpdir that programs may be run from"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Checks what a function returned. */
  static void check(String what, int code) throws IOException {
    if (code != 0) {
      String message = XGBoostJNI.XGBGetLastError();
      // then a stack trace of native code
      String first = message == null ? "" : message.lines().findFirst().orElse("");
      throw new IOException("Cannot %s: XGBoost says: %s".formatted(what, first));
    }
  }

  /** Makes a matrix of batches, which are taken one after the other and not kept. */
  static long matrix(Iterator<MatrixBatch> batches) throws IOException {
    return handle("read rows", out -> create(batches, out));
  }

  private static int create(Iterator<MatrixBatch> batches, long[] out) {
    try {
      // what is public beside it takes rows of Scala's, or all rows in one array
      MethodHandle function =
          MethodHandles.privateLookupIn(XGBoostJNI.class, MethodHandles.lookup())
              .findStatic(
                  XGBoostJNI.class,
                  "XGDMatrixCreateFromDataIter",
                  MethodType.methodType(
                      int.class, Iterator.class, String.class, float.class, long[].class));
      return (int) function.invoke(batches, null, MISSING, out);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("This XGBoost takes no batches of rows", e);
    }
  }
}
