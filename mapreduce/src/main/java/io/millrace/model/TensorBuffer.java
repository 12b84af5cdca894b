package io.millrace.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.Arrays;

/** The values of one input tensor. Not thread-safe. */
abstract sealed class TensorBuffer permits TensorBuffer.Numbers, TensorBuffer.Texts {
  private final ModelInputs.Tensor tensor;
  final int width;

  TensorBuffer(ModelInputs.Tensor tensor) {
    this.tensor = tensor;
    width = tensor.feeds().size();
  }

  static TensorBuffer of(ModelInputs.Tensor tensor, RowType row, int rows) {
    return switch (tensor.element()) {
      case FLOAT -> new Floats(tensor, row, rows);
      case DOUBLE -> new Doubles(tensor, row, rows);
      case INT64 -> new Wholes(tensor, row, rows, OnnxJavaType.INT64);
      case INT32 -> new Wholes(tensor, row, rows, OnnxJavaType.INT32);
      case BOOL -> new Wholes(tensor, row, rows, OnnxJavaType.BOOL);
      case STRING -> new Texts(tensor, row, rows);
    };
  }

  /** The name of the model's input. */
  String name() {
    return tensor.name();
  }

  /** Fills a row of the tensor. */
  abstract void put(int at, Row row);

  /** A tensor of some of the rows; the caller closes it. */
  abstract OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException;

  /** Whether a tensor sees what is put after it was made, once it is shared. */
  abstract boolean isShared();

  /** Lets tensors see what was put into some of the rows. */
  abstract void share(int first, int count);

  long[] shape(int count) {
    return tensor.matrix() ? new long[] {count, width} : new long[] {count};
  }

  /** Numbers, in memory that the runtime reads where it is. */
  abstract static sealed class Numbers extends TensorBuffer permits Fed, TextCodeBuffer {
    final NumberMemory memory;

    Numbers(ModelInputs.Tensor tensor, int rows, OnnxJavaType stored) {
      super(tensor);
      memory = new NumberMemory(stored, rows, width);
    }

    @Override
    OnnxTensor tensor(OrtEnvironment environment, int first, int count) throws OrtException {
      return memory.tensor(environment, first * width, count * width, shape(count));
    }

    @Override
    boolean isShared() {
      return true;
    }

    @Override
    void share(int first, int count) {
      memory.share(first * width, count * width);
    }
  }

  /** Numbers that rows have. */
  abstract static sealed class Fed extends Numbers {
    final NumberFeed[] feeds;

    Fed(ModelInputs.Tensor tensor, RowType row, int rows, OnnxJavaType stored) {
      super(tensor, rows, stored);
      feeds =
          tensor.feeds().stream().map(feed -> new NumberFeed(row, feed)).toArray(NumberFeed[]::new);
    }
  }

  private static final class Floats extends Fed {
    Floats(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor, row, rows, OnnxJavaType.FLOAT);
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < feeds.length; i++) {
        memory.putFloat(at * width + i, (float) feeds[i].number(row));
      }
    }
  }

  private static final class Doubles extends Fed {
    Doubles(ModelInputs.Tensor tensor, RowType row, int rows) {
      super(tensor, row, rows, OnnxJavaType.DOUBLE);
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < feeds.length; i++) {
        memory.putDouble(at * width + i, feeds[i].number(row));
      }
    }
  }

  private static final class Wholes extends Fed {
    private final OnnxJavaType stored;

    Wholes(ModelInputs.Tensor tensor, RowType row, int rows, OnnxJavaType stored) {
      super(tensor, row, rows, stored);
      this.stored = stored;
    }

    @Override
    void put(int at, Row row) {
      for (int i = 0; i < feeds.length; i++) {
        long value = feeds[i].whole(row);
        switch (stored.size) {
          case Long.BYTES -> memory.putLong(at * width + i, value);
          case Integer.BYTES -> memory.putInt(at * width + i, (int) value);
          default -> memory.putByte(at * width + i, (byte) value);
        }
      }
    }
  }

  /**
   * Text, copied into the runtime's own strings; NULL, where it does not forbid a score, is empty.
   */
  static final class Texts extends TensorBuffer {
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

    @Override
    void share(int first, int count) {
      throw new IllegalStateException("Cannot share text: the runtime has a copy");
    }
  }
}
