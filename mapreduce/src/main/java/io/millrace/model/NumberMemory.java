package io.millrace.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The numbers of a tensor: put one by one into an array, which is quick, and copied together into
 * memory outside the heap, where the runtime reads them. Not thread-safe.
 */
final class NumberMemory {
  private static final VarHandle FLOATS = view(float[].class);
  private static final VarHandle DOUBLES = view(double[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private final OnnxJavaType type;
  private final byte[] array;
  private final ByteBuffer shared;

  NumberMemory(OnnxJavaType type, int rows, int width) {
    this.type = type;
    array = new byte[Math.multiplyExact(rows, width * type.size)];
    shared = ByteBuffer.allocateDirect(array.length);
  }

  private static VarHandle view(Class<?> numbers) {
    return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.nativeOrder());
  }

  void putFloat(int at, float value) {
    FLOATS.set(array, at * Float.BYTES, value);
  }

  void putDouble(int at, double value) {
    DOUBLES.set(array, at * Double.BYTES, value);
  }

  void putInt(int at, int value) {
    INTS.set(array, at * Integer.BYTES, value);
  }

  void putLong(int at, long value) {
    LONGS.set(array, at * Long.BYTES, value);
  }

  void putByte(int at, byte value) {
    array[at] = value;
  }

  /** Lets tensors see what was put. */
  void share(int first, int count) {
    shared.put(first * type.size, array, first * type.size, count * type.size);
  }

  /** A tensor of some of the numbers; the caller closes it. */
  OnnxTensor tensor(OrtEnvironment environment, int first, int count, long[] shape)
      throws OrtException {
    share(first, count);
    ByteBuffer some =
        shared.slice(first * type.size, count * type.size).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, some, shape, type);
  }
}
