package io.millrace.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.TaskReport;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/** Runs jobs in this process, on the local file system, below a folder of the test's own. */
public final class LocalRunner {
  /** A fingerprint for partitions of tests. */
  public static final String FINGERPRINT = "0123456789abcdef0123456789abcdef";

  private final java.nio.file.Path folder;

  public LocalRunner(java.nio.file.Path folder) {
    this.folder = folder;
  }

  /** A new configuration, to be changed at will. */
  public Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", "file:///");
    configuration.setClass("fs.file.impl", QuickFileSystem.class, FileSystem.class);
    configuration.set("mapreduce.framework.name", "local");
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.set("mapreduce.cluster.local.dir", folder.resolve("local").toString());
    configuration.set(
        "mapreduce.jobtracker.staging.root.dir", folder.resolve("staging").toString());
    configuration.setInt("mapreduce.client.completion.pollinterval", 10);
    configuration.setInt("mapreduce.client.progressmonitor.pollinterval", 10);
    configuration.setInt("mapreduce.task.io.sort.mb", 4);
    configuration.setInt("mapreduce.local.map.tasks.maximum", 2);
    configuration.setInt("mapreduce.local.reduce.tasks.maximum", 2);
    return configuration;
  }

  /** A path below the folder. */
  public Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  /** Runs a job, which has to succeed, and returns what its tasks reported. */
  public TaskReport run(Job job) throws IOException, InterruptedException, ClassNotFoundException {
    assertTrue(job.waitForCompletion(false), job.getJobName());
    return TaskReport.collect(FileOutputFormat.getOutputPath(job), job.getConfiguration());
  }

  /**
   * Writes records with Avro's own writer.
   *
   * @param blockBytes about how large its blocks are: small ones make for many splits
   */
  public Path write(String name, Schema schema, int blockBytes, List<GenericRecord> records)
      throws IOException {
    File file = folder.resolve(name).toFile();
    File parent = file.getParentFile();
    assertTrue(parent.isDirectory() || parent.mkdirs());
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.snappyCodec());
      writer.setSyncInterval(blockBytes);
      writer.create(schema, file);
      for (GenericRecord record : records) {
        writer.append(record);
      }
    }
    return new Path(file.toURI());
  }

  /** Reads records with Avro's own reader. */
  public static List<GenericRecord> read(Path path) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(new File(path.toUri()), new GenericDatumReader<>())) {
      reader.forEach(records::add);
    }
    return records;
  }

  /** Sets no permissions, for which Hadoop starts a process each time. */
  public static final class QuickFileSystem extends LocalFileSystem {
    public QuickFileSystem() {
      super(
          new RawLocalFileSystem() {
            @Override
            public void setPermission(Path path, FsPermission permission) {}
          });
    }
  }
}
