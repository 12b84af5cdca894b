package io.millrace.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The values of one input tensor. Not thread-safe. */
abstract sealed class TensorBuffer {
  private final ModelInputs.Tensor tensor;
  final int width;

  private TensorBuffer(ModelInputs.Tensor tensor) {
    this.tensor = tensor;
    width = tensor.feeds().size();
  }

  static TensorBuffer of(ModelInputs.Tensor tensor, RowType row, int rows) {
    return switch (tensor.element()) {
      case FLOAT -> new Numbers(tensor, row, rows, OnnxJavaType.FLOAT);
      case DOUBLE -> new Numbers(tensor, row, rows, OnnxJavaType.DOUBLE);
      case INT64 -> new Numbers(tensor, row, rows, OnnxJavaType.INT64);
      case INT32 -> new Numbers(tensor, row, rows, OnnxJavaType.INT32);
      case BOOL -> new Numbers(tensor, row, rows, OnnxJavaType.BOOL);
      case STRING -> new Texts(tensor, row, rows);
    };
  }

  /** The name of the model's input. */
  String name() {
    return tensor.name();
  }

  ElementType element() {
    return tensor.element();
  }

  /** Fills a row of the tensor. */
  abstract void put(int at, Row row);

  /** A tensor of some of the rows; the caller closes it. */
  abstract OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException;

  /** Whether a tensor sees what is put here after it was made. */
  abstract boolean isShared();

  long[] shape(int count) {
    return tensor.matrix() ? new long[] {count, width} : new long[] {count};
  }

  /** Memory outside the heap that the runtime reads where it is. */
  private static final class Numbers extends TensorBuffer {
    private final NumberFeed[] feeds;
    private final OnnxJavaType stored;
    private final ByteBuffer bytes;

    Numbers(ModelInputs.Tensor tensor, RowType row, int rows, OnnxJavaType element) {
      super(tensor);
      stored = element;
      feeds =
          tensor.feeds().stream().map(feed -> new NumberFeed(row, feed)).toArray(NumberFeed[]::new);
      bytes =
          ByteBuffer.allocateDirect(Math.multiplyExact(rows, width * element.size))
              .order(ByteOrder.nativeOrder());
    }

    @Override
    void put(int at, Row row) {
      bytes.position(at * width * stored.size);
      switch (element()) {
        case FLOAT -> {
          for (NumberFeed feed : feeds) {
            bytes.putFloat((float) feed.number(row));
          }
        }
        case DOUBLE -> {
          for (NumberFeed feed : feeds) {
            bytes.putDouble(feed.number(row));
          }
        }
        case INT64 -> {
          for (NumberFeed feed : feeds) {
            bytes.putLong(feed.whole(row));
          }
        }
        case INT32 -> {
          for (NumberFeed feed : feeds) {
            bytes.putInt((int) feed.whole(row));
          }
        }
        case BOOL -> {
          for (NumberFeed feed : feeds) {
            bytes.put((byte) feed.whole(row));
          }
        }
        case STRING -> throw new IllegalStateException("text is no number");
      }
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      int rowBytes = width * stored.size;
      ByteBuffer some =
          bytes.slice(first * rowBytes, count * rowBytes).order(ByteOrder.nativeOrder());
      return OnnxTensor.createTensor(environment, some, shape(count), stored);
    }

    @Override
    boolean isShared() {
      return true;
    }
  }

  /**
   * Text, copied into the runtime's own strings; NULL, where it does not forbid a score, is empty.
   */
  private static final class Texts extends TensorBuffer {
    private final int[] slots;
    private final String[] values;

    Texts(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor);
      slots = tensor.feeds().stream().mapToInt(feed -> row.slot(feed.column())).toArray();
      values = new String[Math.multiplyExact(rows, width)];
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < width; i++) {
        values[at * width + i] = row.nulls[slots[i]] ? "" : row.string(slots[i]);
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
