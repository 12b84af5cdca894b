package io.millrace.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Memory of one input tensor, shared with the runtime: what is put here is seen by every tensor
 * made of it. Not thread-safe.
 */
abstract sealed class TensorBuffer {
  private final ModelInputs.Tensor layout;
  final int width;

  private TensorBuffer(ModelInputs.Tensor layout) {
    this.layout = layout;
    width = layout.feeds().size();
  }

  static TensorBuffer of(ModelInputs.Tensor tensor, RowType row, int rows) {
    return switch (tensor.element()) {
      case FLOAT -> new Floats(tensor, row, rows);
      case DOUBLE -> new Doubles(tensor, row, rows);
      case INT64 -> new Longs(tensor, row, rows);
      case INT32 -> new Ints(tensor, row, rows);
      case BOOL -> new Booleans(tensor, row, rows);
      case STRING -> new Texts(tensor, row, rows);
    };
  }

  /** The name of the model's input. */
  String name() {
    return layout.name();
  }

  /** Fills a row of the tensor. */
  abstract void put(int at, Row row);

  /** A tensor of some of the rows; the caller closes it. */
  abstract OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException;

  /** Whether a tensor sees what is put here after it was made. */
  boolean isShared() {
    return true;
  }

  long[] shape(int count) {
    return layout.matrix() ? new long[] {count, width} : new long[] {count};
  }

  private static ByteBuffer allocate(ModelInputs.Tensor tensor, int rows, int elementBytes) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(rows, tensor.feeds().size() * elementBytes))
        .order(ByteOrder.nativeOrder());
  }

  private static NumberFeed[] numbers(ModelInputs.Tensor tensor, RowType row) {
    return tensor.feeds().stream()
        .map(feed -> new NumberFeed(row, feed))
        .toArray(NumberFeed[]::new);
  }

  private static final class Floats extends TensorBuffer {
    private final NumberFeed[] feeds;
    private final FloatBuffer buffer;

    Floats(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      feeds = numbers(tensor, row);
      buffer = allocate(tensor, rows, Float.BYTES).asFloatBuffer();
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        buffer.put(at * width + i, (float) feeds[i].number(row));
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      return OnnxTensor.createTensor(
          environment, buffer.slice(first * width, count * width), shape(count));
    }
  }

  private static final class Doubles extends TensorBuffer {
    private final NumberFeed[] feeds;
    private final DoubleBuffer buffer;

    Doubles(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      feeds = numbers(tensor, row);
      buffer = allocate(tensor, rows, Double.BYTES).asDoubleBuffer();
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        buffer.put(at * width + i, feeds[i].number(row));
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      return OnnxTensor.createTensor(
          environment, buffer.slice(first * width, count * width), shape(count));
    }
  }

  private static final class Longs extends TensorBuffer {
    private final NumberFeed[] feeds;
    private final LongBuffer buffer;

    Longs(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      feeds = numbers(tensor, row);
      buffer = allocate(tensor, rows, Long.BYTES).asLongBuffer();
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        buffer.put(at * width + i, feeds[i].whole(row));
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      return OnnxTensor.createTensor(
          environment, buffer.slice(first * width, count * width), shape(count));
    }
  }

  private static final class Ints extends TensorBuffer {
    private final NumberFeed[] feeds;
    private final IntBuffer buffer;

    Ints(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      feeds = numbers(tensor, row);
      buffer = allocate(tensor, rows, Integer.BYTES).asIntBuffer();
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        buffer.put(at * width + i, (int) feeds[i].whole(row));
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      return OnnxTensor.createTensor(
          environment, buffer.slice(first * width, count * width), shape(count));
    }
  }

  private static final class Booleans extends TensorBuffer {
    private final NumberFeed[] feeds;
    private final ByteBuffer buffer;

    Booleans(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      feeds = numbers(tensor, row);
      buffer = allocate(tensor, rows, 1);
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        buffer.put(at * width + i, (byte) feeds[i].whole(row));
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      return OnnxTensor.createTensor(
          environment,
          buffer.slice(first * width, count * width).order(ByteOrder.nativeOrder()),
          shape(count),
          OnnxJavaType.BOOL);
    }
  }

  /** Text is copied into the runtime's own strings. */
  private static final class Texts extends TensorBuffer {
    private final int[] slots;
    private final String[] values;

    Texts(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      slots = tensor.feeds().stream().mapToInt(feed -> row.slot(feed.column())).toArray();
      values = new String[rows * width];
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        values[at * width + i] = row.string(slots[i]);
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      String[] some = Arrays.copyOfRange(values, first * width, (first + count) * width);
      return OnnxTensor.createTensor(environment, some, shape(count));
    }

    @Override
    boolean isShared() {
      return false;
    }
  }
}
