package io.millrace.model;

import ai.onnxruntime.OnnxJavaType;
import io.millrace.row.Row;
import io.millrace.row.RowType;

/** The numbers that a {@link TextEncoder} gives text; NULL counts as the empty text. */
final class TextCodeBuffer extends TensorBuffer.Numbers {
  private final TextEncoder encoder;
  private final int[] slots;

  TextCodeBuffer(TextEncoder encoder, ModelInputs.Tensor tensor, RowType layout, int rows) {
    super(tensor, rows, OnnxJavaType.INT64);
    this.encoder = encoder;
    slots = tensor.feeds().stream().mapToInt(feed -> layout.slot(feed.column())).toArray();
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
}
