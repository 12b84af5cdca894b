package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileAlreadyExistsException;
import org.apache.hadoop.mapred.InvalidJobConfException;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.StatusReporter;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormatCounter;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordOutputFormatTest {
  /** What a cluster's administrators may say, and no job can overrule in its configuration. */
  private static final String FINALLY_ALGORITHM_2 =
      """
      <configuration><property>
        <name>mapreduce.fileoutputcommitter.algorithm.version</name>
        <value>2</value>
        <final>true</final>
      </property></configuration>
      """;

  @TempDir private java.nio.file.Path folder;

  @Test
  void shouldPublishNothingOfATaskBeforeItsJobIsDone() throws IOException {
    Job job = JobTemplate.create(new Configuration(), "job", getClass(), output(), noDataSets());
    Configuration configuration = onNode(job.getConfiguration());
    configuration.setStrings(
        "mapreduce.outputcommitter.factory.class", "no.such.class.FactoryOfACloud");
    assertEquals("2", configuration.get("mapreduce.fileoutputcommitter.algorithm.version"));
    TaskAttemptContextImpl task =
        new TaskAttemptContextImpl(
            configuration, TaskAttemptID.forName("attempt_1_0001_r_000000_0"));
    RecordOutputFormat format = new RecordOutputFormat();
    FileOutputCommitter committer = (FileOutputCommitter) format.getOutputCommitter(task);
    assertSame(committer, format.getOutputCommitter(task));

    committer.setupJob(task);
    committer.setupTask(task);
    Path file = new Path(committer.getWorkPath(), "part-r-00000.avro");
    try (OutputStream out = file.getFileSystem(configuration).create(file)) {
      out.write(1);
    }
    committer.commitTask(task);
    assertEquals(List.of("_temporary"), names());
    committer.commitJob(task);
    assertEquals(List.of("part-r-00000.avro"), names());
  }

  @Test
  void shouldCountTheBytesOfItsFiles() throws IOException, InterruptedException {
    Schema text = Schema.create(Schema.Type.STRING);
    JobOutput.DataSet words =
        new JobOutput.DataSet("words", text.toString(), "0".repeat(32), 0, 1, true);
    Job job =
        JobTemplate.create(
            new Configuration(), "job", getClass(), output(), new JobOutput(List.of(words)));
    Counters counters = new Counters();
    TaskAttemptContextImpl task =
        new TaskAttemptContextImpl(
            job.getConfiguration(),
            TaskAttemptID.forName("attempt_1_0001_r_000000_0"),
            new CountingReporter(counters));
    RecordOutputFormat format = new RecordOutputFormat();
    OutputCommitter committer = format.getOutputCommitter(task);
    committer.setupJob(task);
    committer.setupTask(task);
    RecordWriter<Text, OutputRecords> writer = format.getRecordWriter(task);
    writer.write(new Text("words"), new Slice(new byte[] {2, 'a'}));
    writer.close(task);
    committer.commitTask(task);
    committer.commitJob(task);

    long length = Files.size(folder.resolve("output/words/part-r-00000.avro"));
    assertEquals(
        length, counters.findCounter(FileOutputFormatCounter.BYTES_WRITTEN).getValue(), "bytes");
  }

  @Test
  void shouldRefuseAFolderThatExists() throws IOException {
    Job job = JobTemplate.create(new Configuration(), "job", getClass(), output(), noDataSets());
    RecordOutputFormat format = new RecordOutputFormat();
    format.checkOutputSpecs(job);
    Files.createDirectories(folder.resolve("output"));
    IOException refused =
        assertThrows(FileAlreadyExistsException.class, () -> format.checkOutputSpecs(job));
    assertTrue(
        refused.getMessage().contains(folder.resolve("output").toString()), refused.getMessage());
  }

  @Test
  void shouldRefuseAJobWithoutAnOutputFolder() throws IOException {
    Job job = Job.getInstance(new Configuration(), "job");
    assertThrows(
        InvalidJobConfException.class, () -> new RecordOutputFormat().checkOutputSpecs(job));
  }

  private static final class CountingReporter extends StatusReporter {
    private final Counters counters;

    CountingReporter(Counters counters) {
      this.counters = counters;
    }

    @Override
    public Counter getCounter(Enum<?> name) {
      return counters.findCounter(name);
    }

    @Override
    public Counter getCounter(String group, String name) {
      return counters.findCounter(group, name);
    }

    @Override
    public void progress() {}

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void setStatus(String status) {}
  }

  /** As a task reads it: the files of its node, then the job's. */
  private static Configuration onNode(Configuration job) throws IOException {
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    job.writeXml(xml);
    Configuration configuration = new Configuration(false);
    configuration.addResource(
        new ByteArrayInputStream(FINALLY_ALGORITHM_2.getBytes(StandardCharsets.UTF_8)));
    configuration.addResource(new ByteArrayInputStream(xml.toByteArray()));
    return configuration;
  }

  private Path output() {
    return new Path(folder.resolve("output").toUri());
  }

  private static JobOutput noDataSets() {
    return new JobOutput(List.of());
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder.resolve("output"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
