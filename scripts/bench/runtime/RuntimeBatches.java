package io.millrace.cli;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.millrace.model.ModelSession;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A session of ONNX Runtime on one thread, and rows of a file that lie in memory in the batches
 * that a score job makes of them. They go through the model again and again.
 */
final class RuntimeBatches {
  private static final int ROWS = ModelSession.BATCH_ROWS;
  private static final int BATCHES_IN_MEMORY = 256;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Function<String, List<String>> columns;
  private final List<Batch> batches = new ArrayList<>();

  /**
   * A batch: its tensors, and what they are made of.
   *
   * @param numbers bytes, as the runtime has numbers
   */
  private record Batch(
      Map<String, OnnxTensor> tensors,
      Map<String, byte[]> numbers,
      Map<String, String[]> texts) {}

  /**
   * @param columns those that an input of the model takes
   */
  RuntimeBatches(String model, File rows, Function<String, List<String>> columns)
      throws Exception {
    this.columns = columns;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    }
    try (var reader =
        new DataFileReader<GenericRecord>(rows, new GenericDatumReader<GenericRecord>())) {
      List<GenericRecord> some = new ArrayList<>();
      while (reader.hasNext() && batches.size() < BATCHES_IN_MEMORY) {
        some.add(reader.next());
        if (some.size() == ROWS) {
          batches.add(batch(some));
          some.clear();
        }
      }
    }
    if (batches.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot measure: %s has fewer than %d rows".formatted(rows, ROWS));
    }
  }

  private Batch batch(List<GenericRecord> rows) throws OrtException {
    Batch batch = new Batch(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      OnnxJavaType type = ((TensorInfo) input.getValue().getInfo()).type;
      List<String> own = columns.apply(input.getKey());
      if (type == OnnxJavaType.STRING) {
        batch.texts().put(input.getKey(), texts(rows, own));
      } else {
        batch.numbers().put(input.getKey(), numbers(rows, own, type));
      }
      batch.tensors().put(input.getKey(), tensor(batch, input.getKey()));
    }
    return batch;
  }

  private static String[] texts(List<GenericRecord> rows, List<String> columns) {
    return rows.stream()
        .flatMap(row -> columns.stream().map(row::get))
        .map(value -> value == null ? "" : value.toString())
        .toArray(String[]::new);
  }

  private static byte[] numbers(
      List<GenericRecord> rows, List<String> columns, OnnxJavaType type) {
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.size() * columns.size() * type.size)
            .order(ByteOrder.nativeOrder());
    for (GenericRecord row : rows) {
      for (String column : columns) {
        double value = number(row.get(column));
        switch (type) {
          case FLOAT -> bytes.putFloat((float) value);
          case DOUBLE -> bytes.putDouble(value);
          case INT64 -> bytes.putLong((long) value);
          case INT32 -> bytes.putInt((int) value);
          case BOOL -> bytes.put((byte) value);
          default -> throw new IllegalArgumentException("no score job feeds " + type);
        }
      }
    }
    return bytes.array();
  }

  private static double number(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value == null ? Double.NaN : ((Number) value).doubleValue();
  }

  private OnnxTensor tensor(Batch batch, String input) throws OrtException {
    TensorInfo info = (TensorInfo) session.getInputInfo().get(input).getInfo();
    long width = columns.apply(input).size();
    long[] shape = info.getShape().length == 1 ? new long[] {ROWS} : new long[] {ROWS, width};
    if (info.type == OnnxJavaType.STRING) {
      return OnnxTensor.createTensor(environment, batch.texts().get(input), shape);
    }
    byte[] numbers = batch.numbers().get(input);
    ByteBuffer outside = ByteBuffer.allocateDirect(numbers.length).order(ByteOrder.nativeOrder());
    outside.put(numbers).clear();
    return OnnxTensor.createTensor(environment, outside, shape, info.type);
  }

  /** Runs batches whose tensors were made before. */
  void run(long rows) throws OrtException {
    for (long done = 0; done < rows; done += ROWS) {
      session.run(next(done).tensors()).close();
    }
  }

  /** The same, with the tensors made of what lies in the heap, and the scores fetched. */
  void feed(long rows) throws OrtException {
    for (long done = 0; done < rows; done += ROWS) {
      Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
      for (String input : session.getInputNames()) {
        tensors.put(input, tensor(next(done), input));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        if (result.get(0) instanceof OnnxTensor scores
            && scores.getInfo().type == OnnxJavaType.FLOAT) {
          float[] fetched = new float[scores.getFloatBuffer().remaining()];
          scores.getFloatBuffer().get(fetched);
        }
      }
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private Batch next(long done) {
    return batches.get((int) (done / ROWS % batches.size()));
  }
}
