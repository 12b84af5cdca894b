package io.millrace.learn.prepare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs rows through a model's file as scoring feeds it: NULL is NaN, or the empty text. */
public final class OnnxRun implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  public OnnxRun(byte[] onnx) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(onnx, options);
    }
  }

  /** The values of an output for rows of named values: a double[][] or String[][]. */
  public Object run(List<Map<String, @Nullable Object>> rows, String output) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (var input : session.getInputInfo().entrySet()) {
      boolean text = input.getValue().getInfo().toString().contains("STRING");
      long[] shape = {rows.size(), 1};
      tensors.put(
          input.getKey(),
          text
              ? OnnxTensor.createTensor(
                  environment,
                  rows.stream()
                      .map(row -> row.get(input.getKey()) == null ? "" : row.get(input.getKey()))
                      .toArray(String[]::new),
                  shape)
              : OnnxTensor.createTensor(
                  environment,
                  DoubleBuffer.wrap(
                      rows.stream().mapToDouble(row -> number(row.get(input.getKey()))).toArray()),
                  shape));
    }
    try (OrtSession.Result result = session.run(tensors, java.util.Set.of(output))) {
      return result.get(0).getValue();
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value == null ? Double.NaN : ((Number) value).doubleValue();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
