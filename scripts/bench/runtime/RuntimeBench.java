import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * ONNX Runtime alone: rows of Avro files lie in memory as tensors, in the batches that a score job
 * makes of them, and go through a model again and again, on as many threads, each with a session of
 * its own. Prints wall and CPU seconds for so many rows.
 *
 * <p>Arguments: the model, a folder of Avro files, rows to score, threads, and the columns of its
 * only input where that is a matrix, separated by commas; else inputs are called like columns.
 */
public final class RuntimeBench {
  private static final int BATCH_ROWS = 1024;
  private static final int BATCHES_IN_MEMORY = 256; // of each thread

  private RuntimeBench() {}

  /** A batch: text as Java has it too, to see what it costs to hand it on. */
  private record Batch(Map<String, OnnxTensor> tensors, Map<String, String[]> texts) {}

  public static void main(String[] args) throws Exception {
    String model = args[0];
    File[] files = new File(args[1]).listFiles((folder, name) -> name.endsWith(".avro"));
    Arrays.sort(files);
    long rows = Long.parseLong(args[2]);
    int threads = Integer.parseInt(args[3]);
    List<String> columns = args.length > 4 ? List.of(args[4].split(",")) : List.of();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    List<OrtSession> sessions = new ArrayList<>();
    List<List<Batch>> batches = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      sessions.add(environment.createSession(model, options));
      batches.add(batches(files[i % files.length], sessions.get(i), columns, environment));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (boolean handOver : new boolean[] {false, false, true, true}) {
      double wall = System.nanoTime() / 1e9;
      double cpu = cpuSeconds();
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        OrtSession session = sessions.get(i);
        List<Batch> own = batches.get(i);
        running.add(pool.submit(() -> run(session, own, rows / threads, handOver, environment)));
      }
      long scored = 0;
      for (Future<Long> each : running) {
        scored += each.get();
      }
      System.out.printf(
          "%s: %,d rows, wall %.2f s, CPU %.2f s%n",
          handOver ? "session.run, text handed over as String[]" : "session.run, all tensors ready",
          scored,
          System.nanoTime() / 1e9 - wall,
          cpuSeconds() - cpu);
    }
    pool.shutdown();
  }

  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean)
                ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static long run(
      OrtSession session,
      List<Batch> batches,
      long rows,
      boolean handOver,
      OrtEnvironment environment)
      throws Exception {
    long done = 0;
    for (int i = 0; done < rows; i = (i + 1) % batches.size(), done += BATCH_ROWS) {
      Batch batch = batches.get(i);
      Map<String, OnnxTensor> tensors = batch.tensors();
      List<OnnxTensor> made = new ArrayList<>();
      if (handOver && !batch.texts().isEmpty()) {
        tensors = new LinkedHashMap<>(tensors);
        for (Map.Entry<String, String[]> text : batch.texts().entrySet()) {
          OnnxTensor tensor =
              OnnxTensor.createTensor(environment, text.getValue(), new long[] {BATCH_ROWS, 1});
          made.add(tensor);
          tensors.put(text.getKey(), tensor);
        }
      }
      session.run(tensors).close();
      made.forEach(OnnxTensor::close);
    }
    return done;
  }

  private static List<Batch> batches(
      File file, OrtSession session, List<String> columns, OrtEnvironment environment)
      throws Exception {
    List<Batch> batches = new ArrayList<>();
    try (var reader =
        new DataFileReader<GenericRecord>(file, new GenericDatumReader<GenericRecord>())) {
      List<GenericRecord> rows = new ArrayList<>();
      while (reader.hasNext() && batches.size() < BATCHES_IN_MEMORY) {
        rows.add(reader.next());
        if (rows.size() == BATCH_ROWS) {
          batches.add(batch(rows, session, columns, environment));
          rows.clear();
        }
      }
    }
    return batches;
  }

  private static Batch batch(
      List<GenericRecord> rows,
      OrtSession session,
      List<String> columns,
      OrtEnvironment environment)
      throws Exception {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    Map<String, String[]> texts = new LinkedHashMap<>();
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      TensorInfo info = (TensorInfo) input.getValue().getInfo();
      List<String> own = columns.isEmpty() ? List.of(input.getKey()) : columns;
      long[] shape = {rows.size(), own.size()};
      if (info.type == OnnxJavaType.STRING) {
        String[] values =
            rows.stream()
                .map(row -> row.get(own.get(0)) == null ? "" : row.get(own.get(0)).toString())
                .toArray(String[]::new);
        texts.put(input.getKey(), values);
        tensors.put(input.getKey(), OnnxTensor.createTensor(environment, values, shape));
        continue;
      }
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(rows.size() * own.size() * info.type.size)
              .order(ByteOrder.nativeOrder());
      for (GenericRecord row : rows) {
        for (String column : own) {
          double value = number(row.get(column));
          if (info.type == OnnxJavaType.FLOAT) {
            bytes.putFloat((float) value);
          } else {
            bytes.putDouble(value);
          }
        }
      }
      bytes.clear();
      tensors.put(
          input.getKey(), OnnxTensor.createTensor(environment, bytes, shape, info.type));
    }
    return new Batch(tensors, texts);
  }

  private static double number(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value == null ? Double.NaN : ((Number) value).doubleValue();
  }
}
