package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
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
