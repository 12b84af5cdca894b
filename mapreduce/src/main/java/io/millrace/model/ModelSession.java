package io.millrace.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model in ONNX Runtime, on one thread, so that the same batches give the same bytes on one type
 * of CPU. Rows are put into a batch, then run together: a row's score may differ in its last bits
 * with the number of rows that it shares a batch with. Not thread-safe.
 */
public final class ModelSession implements AutoCloseable {
  /** Rows a batch: enough to make the runtime's cost a call small, few enough for the caches. */
  public static final int BATCH_ROWS = 1024;

  private final OrtSession session;
  private final InputBatch batch;
  private final Scores scores;
  private final int rows;

  private ModelSession(OrtSession session, InputBatch batch, Scores scores, int rows) {
    this.session = session;
    this.batch = batch;
    this.scores = scores;
    this.rows = rows;
  }

  /**
   * Loads a model.
   *
   * @param onnx the bytes of its file
   * @param layout the rows that will be put
   * @param batchRows the most rows a batch; fewer are taken where the model asks for it
   */
  public static ModelSession open(byte[] onnx, BoundModel model, RowType layout, int batchRows)
      throws ModelException {
    return open(onnx, model, layout, batchRows, 1);
  }

  /**
   * Loads a model that gives several numbers a row.
   *
   * @param columns how many: the width of the output
   */
  public static ModelSession open(
      byte[] onnx, BoundModel model, RowType layout, int batchRows, int columns)
      throws ModelException {
    ModelOutput output = model.output();
    TextEncoder.Split split =
        TextEncoder.takeOff(
            OnnxGraph.parse(onnx).withOnlyOutput(output.tensor(), output.element()));
    int rows = model.inputs().singleRows() ? 1 : batchRows;
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // what goes wrong with a row is said in its quarantine, not a million times in the log
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return new ModelSession(
          environment.createSession(split.model().toByteArray(), options),
          new InputBatch(environment, model.inputs(), split.encoders(), layout, rows),
          new Scores(output, rows, columns),
          rows);
    } catch (OrtException e) {
      throw new ModelException("Cannot load the model: " + e.getMessage(), e);
    }
  }

  private static OrtEnvironment environment() throws ModelException {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException | RuntimeException | LinkageError e) {
      throw new ModelException(
          "Cannot load ONNX Runtime: "
              + e.getMessage()
              + "; the folder java.io.tmpdir must have room for its libraries and allow them to run",
          e);
    }
  }

  /** The most rows of a batch. */
  public int rows() {
    return rows;
  }

  /**
   * Fills a row of the batch.
   *
   * @return the column whose NULL forbids that the row is scored, or null where it was filled
   */
  public @Nullable String put(int at, Row row) {
    return batch.put(at, row);
  }

  /**
   * Scores some rows of the batch together.
   *
   * @return the scores, valid until the next run; those of rows left out are what they were
   * @throws ModelException where the runtime fails on these rows
   * @throws IllegalStateException where the model gives something else than its file says
   */
  public Scores run(int first, int count) throws ModelException {
    try {
      Map<String, OnnxTensor> tensors = batch.tensors(first, count);
      try (OrtSession.Result result = session.run(tensors)) {
        scores.take((OnnxTensor) result.get(0), first, count);
        return scores;
      } finally {
        batch.release(tensors);
      }
    } catch (OrtException e) {
      throw new ModelException("Cannot run the model: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws ModelException {
    batch.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("Cannot close the model: " + e.getMessage(), e);
    }
  }
}
