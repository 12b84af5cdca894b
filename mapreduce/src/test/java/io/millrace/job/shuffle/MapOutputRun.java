package io.millrace.job.shuffle;

import io.millrace.job.io.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.mapred.IFile;
import org.apache.hadoop.mapred.IndexRecord;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.MapOutputCollector;
import org.apache.hadoop.mapred.MapTask;
import org.apache.hadoop.mapred.SpillRecord;
import org.apache.hadoop.mapred.Task.TaskReporter;
import org.apache.hadoop.mapred.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.mapreduce.split.JobSplit;
import org.apache.hadoop.util.Progress;
import org.apache.hadoop.util.ReflectionUtils;

/** Lets a collector write the output of a map task, and reads it as a reduce would. */
final class MapOutputRun implements AutoCloseable {
  private final JobConf job;
  private final Task task;
  private final TaskReporter reporter;
  private final MapOutputCollector<Slice, Slice> collector;
  private SpillRecord index = new SpillRecord(0);

  /** A record of the output. */
  record Output(String key, String value) {
    static Output of(byte[] key, byte[] value) {
      return new Output(HexFormat.of().formatHex(key), HexFormat.of().formatHex(value));
    }
  }

  /** A task whose phases begin without its map. */
  private static final class Task extends MapTask {
    private final Progress sortPhase = new Progress().addPhase("sort");

    Task() {
      super("job.xml", ATTEMPT, 0, new JobSplit.TaskSplitIndex(), 1);
    }

    @Override
    public Progress getSortPhase() {
      return sortPhase;
    }
  }

  private static final TaskAttemptID ATTEMPT = TaskAttemptID.forName("attempt_1_0001_m_000000_0");

  MapOutputRun(
      JobConf job, @SuppressWarnings("rawtypes") Class<? extends MapOutputCollector> collectorClass)
      throws IOException, ClassNotFoundException {
    this.job = job;
    task = new Task();
    task.setConf(job);
    reporter = task.new TaskReporter(new Progress(), null);
    @SuppressWarnings("unchecked")
    MapOutputCollector<Slice, Slice> created = ReflectionUtils.newInstance(collectorClass, job);
    collector = created;
    collector.init(new MapOutputCollector.Context(task, job, reporter));
  }

  void collect(byte[] key, byte[] value, int partition) throws IOException, InterruptedException {
    // in arrays that the mapper uses again
    byte[] array = Arrays.copyOf(key, key.length + value.length + 1);
    System.arraycopy(value, 0, array, key.length, value.length);
    collector.collect(
        new Slice().set(array, 0, key.length),
        new Slice().set(array, key.length, value.length),
        partition);
    Arrays.fill(array, (byte) 0x55);
  }

  void flush() throws IOException, InterruptedException, ClassNotFoundException {
    collector.flush();
    index = new SpillRecord(task.getMapOutputFile().getOutputIndexFile(), job);
  }

  long counter(TaskCounter counter) {
    return reporter.getCounter(counter).getValue();
  }

  float progress() {
    return task.getSortPhase().get();
  }

  Path file() throws IOException {
    return task.getMapOutputFile().getOutputFile();
  }

  /** How many files there are beside what is served. */
  long otherFiles() throws IOException {
    FileSystem files = FileSystem.getLocal(job).getRaw();
    return Arrays.stream(files.listStatus(file().getParent()))
        .filter(status -> !status.getPath().getName().startsWith("file.out"))
        .count();
  }

  List<Output> read(int partition) throws IOException {
    FileSystem files = FileSystem.getLocal(job).getRaw();
    IndexRecord place = index.getIndex(partition);
    CompressionCodec codec =
        job.getCompressMapOutput()
            ? ReflectionUtils.newInstance(job.getMapOutputCompressorClass(DefaultCodec.class), job)
            : null;
    List<Output> records = new ArrayList<>();
    try (FSDataInputStream in = files.open(file())) {
      in.seek(place.startOffset);
      IFile.Reader<Slice, Slice> reader =
          new IFile.Reader<>(job, in, place.partLength, codec, null);
      DataInputBuffer key = new DataInputBuffer();
      DataInputBuffer value = new DataInputBuffer();
      while (reader.nextRawKey(key)) {
        reader.nextRawValue(value);
        records.add(Output.of(bytes(key), bytes(value)));
      }
      if (reader.bytesRead != place.rawLength) {
        throw new IOException(
            "Partition %d has %d bytes, its index says %d"
                .formatted(partition, reader.bytesRead, place.rawLength));
      }
    }
    return records;
  }

  private static byte[] bytes(DataInputBuffer buffer) {
    return Arrays.copyOfRange(buffer.getData(), buffer.getPosition(), buffer.getLength());
  }

  @Override
  public void close() throws IOException {
    try {
      collector.close();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
