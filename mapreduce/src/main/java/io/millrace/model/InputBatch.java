package io.millrace.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.millrace.model.ModelInputs.Feed;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that go into a model together. Reused for one batch after the other. */
final class InputBatch implements AutoCloseable {
  private final OrtEnvironment environment;
  private final int rows;
  private final TensorBuffer[] buffers;
  private final Map<String, OnnxTensor> whole = new HashMap<>();
  private final String[] required;
  private final int[] requiredSlots;

  /**
   * @param encoders through which text goes on its way to the model; other inputs take columns as
   *     they are
   */
  InputBatch(
      OrtEnvironment environment,
      ModelInputs inputs,
      List<TextEncoder> encoders,
      RowType layout,
      int rows) {
    this.environment = environment;
    this.rows = rows;
    List<TensorBuffer> all = new ArrayList<>();
    for (ModelInputs.Tensor tensor : inputs.tensors()) {
      List<TextEncoder> own =
          encoders.stream().filter(encoder -> encoder.input().equals(tensor.name())).toList();
      if (own.isEmpty()) {
        all.add(TensorBuffer.of(tensor, layout, rows));
      }
      own.forEach(encoder -> all.add(new TextCodeBuffer(encoder, tensor, layout, rows)));
    }
    buffers = all.toArray(TensorBuffer[]::new);
    required =
        inputs.tensors().stream()
            .flatMap(tensor -> tensor.feeds().stream())
            .filter(feed -> feed.missing() instanceof Missing.Reject)
            .map(Feed::column)
            .toArray(String[]::new);
    requiredSlots = layout.slots(List.of(required));
  }

  /** Fills a row, or returns the column whose NULL forbids it. */
  @Nullable String put(int at, Row row) {
    for (int i = 0; i < requiredSlots.length; i++) {
      if (row.nulls[requiredSlots[i]]) {
        return required[i];
      }
    }
    for (TensorBuffer buffer : buffers) {
      buffer.put(at, row);
    }
    return null;
  }

  /** Some of the rows as tensors; {@link #release} them. */
  Map<String, OnnxTensor> tensors(int first, int count) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (TensorBuffer buffer : buffers) {
        tensors.put(buffer.name(), tensor(buffer, first, count));
      }
    } catch (OrtException | RuntimeException e) {
      release(tensors);
      throw e;
    }
    return tensors;
  }

  /** A whole batch of numbers is one tensor for ever: only its memory changes. */
  private OnnxTensor tensor(TensorBuffer buffer, int first, int count) throws OrtException {
    if (count < rows || !buffer.isShared()) {
      return buffer.tensor(environment, first, count);
    }
    OnnxTensor tensor = whole.get(buffer.name());
    if (tensor == null) {
      tensor = buffer.tensor(environment, 0, rows);
      whole.put(buffer.name(), tensor);
    } else {
      buffer.share(0, rows);
    }
    return tensor;
  }

  void release(Map<String, OnnxTensor> tensors) {
    for (OnnxTensor tensor : tensors.values()) {
      if (!whole.containsValue(tensor)) {
        tensor.close();
      }
    }
  }

  @Override
  public void close() {
    whole.values().forEach(OnnxTensor::close);
  }
}
