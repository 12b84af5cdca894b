package io.millrace.bench.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * A model of ONNX Runtime that takes one tensor of floats, a row a record, and gives one float a
 * record. One thread each; not thread-safe.
 */
public final class Scorer implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final int width;
  private final FloatBuffer rows;

  /**
   * @param width columns of a record
   * @param records most of a batch
   */
  public Scorer(String model, int width, int records) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    }
    input = session.getInputNames().iterator().next();
    this.width = width;
    rows =
        ByteBuffer.allocateDirect(records * width * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
  }

  /**
   * Where the records of the next batch go: value {@code c} of record {@code r} at r * width + c.
   */
  public FloatBuffer rows() {
    return rows;
  }

  /** The scores of the first {@code records} records of {@link #rows}. */
  public float[] score(int records) throws OrtException {
    FloatBuffer batch = rows.slice(0, records * width);
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, batch, new long[] {records, width});
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      float[] scores = new float[records];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(scores);
      return scores;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
