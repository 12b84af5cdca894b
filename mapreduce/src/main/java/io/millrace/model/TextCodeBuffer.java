package io.millrace.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.millrace.row.Row;
import io.millrace.row.RowType;

/** The numbers that a {@link TextEncoder} gives text; NULL counts as the empty text. */
final class TextCodeBuffer extends TensorBuffer {
  private final TextEncoder encoder;
  private final int[] slots;
  private final NumberMemory memory;

  TextCodeBuffer(TextEncoder encoder, ModelInputs.Tensor tensor, RowType layout, int rows) {
    super(tensor);
    this.encoder = encoder;
    slots = tensor.feeds().stream().mapToInt(feed -> layout.slot(feed.column())).toArray();
    memory = new NumberMemory(OnnxJavaType.INT64, rows, width);
  }

  @Override
  String name() {
    return encoder.output();
  }

  @Override
  void put(int at, Row row) {
    for (int i = 0; i < width; i++) {
      int slot = slots[i];
      int length = row.nulls[slot] ? 0 : row.lengths[slot];
      memory.putLong(at * width + i, encoder.codes().of(row.bytes, row.offsets[slot], length));
    }
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
