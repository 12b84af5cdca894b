package io.millrace.job.io;

import io.millrace.plan.DataFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileAlreadyExistsException;
import org.apache.hadoop.mapred.InvalidJobConfException;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormatCounter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.security.TokenCache;
import org.jspecify.annotations.Nullable;

/**
 * Encoded records into Avro container files of one or several data sets: the key names the data
 * set, the value is the record, or several of them. Files bear the number of the reduce or, in a
 * job without reduces, of the map's {@link NumberedSplit}. Each task leaves a {@link TaskReport} of
 * the files that it wrote. Needs a {@link JobOutput} in the job's settings.
 *
 * <p>Its settings are those of {@link FileOutputFormat}, but it is none: of these, a task adds up
 * the file system's statistics over all threads before and after each record. The bytes written are
 * counted here, under the same name.
 */
public final class RecordOutputFormat extends OutputFormat<Text, OutputRecords> {
  private @Nullable FileOutputCommitter committer;

  @Override
  public void checkOutputSpecs(JobContext context) throws IOException {
    Path output = FileOutputFormat.getOutputPath(context);
    if (output == null) {
      throw new InvalidJobConfException("Cannot run the job: its output folder is not set");
    }
    TokenCache.obtainTokensForNamenodes(
        context.getCredentials(), new Path[] {output}, context.getConfiguration());
    if (output.getFileSystem(context.getConfiguration()).exists(output)) {
      throw new FileAlreadyExistsException(
          "Cannot run the job: its output folder " + output + " exists already");
    }
  }

  /**
   * Algorithm 1, whatever the cluster's configuration says, even what it says finally: algorithm 2
   * moves a task's files before its job is done, so that with speculation both attempts' files
   * could be published. A factory of other committers is not asked either.
   */
  @Override
  public synchronized OutputCommitter getOutputCommitter(TaskAttemptContext context)
      throws IOException {
    if (committer == null) {
      context
          .getConfiguration()
          .setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
      committer = new FileOutputCommitter(FileOutputFormat.getOutputPath(context), context);
    }
    return committer;
  }

  @Override
  public RecordWriter<Text, OutputRecords> getRecordWriter(TaskAttemptContext context)
      throws IOException {
    Path folder = ((PathOutputCommitter) getOutputCommitter(context)).getWorkPath();
    return new DataSetWriter(context, folder);
  }

  private static final class DataSetWriter extends RecordWriter<Text, OutputRecords> {
    private final Configuration configuration;
    private final Path folder;
    private final int task;
    private final char kind;
    private final Map<Text, JobOutput.DataSet> dataSets = new HashMap<>();
    private final Map<Text, AvroRecordWriter> writers = new HashMap<>();
    private final Map<Text, RuleCounts> rules = new HashMap<>();
    private Text lastKey = new Text();
    private AvroRecordWriter lastWriter;
    private @Nullable RuleCounts lastRules;

    DataSetWriter(TaskAttemptContext context, Path folder) throws IOException {
      configuration = context.getConfiguration();
      this.folder = folder;
      boolean map = context.getTaskAttemptID().getTaskType() == TaskType.MAP;
      task =
          map
              ? NumberedSplit.announcedIn(configuration)
              : context.getTaskAttemptID().getTaskID().getId();
      kind = map ? 'm' : 'r';
      for (JobOutput.DataSet dataSet : JobSettings.get(configuration, JobOutput.class).dataSets()) {
        if (dataSet.isWrittenBy(task)) {
          Text key = new Text(dataSet.name());
          dataSets.put(key, dataSet);
          if (dataSet.always()) {
            writers.put(key, open(dataSet));
          }
        }
      }
    }

    @Override
    public void write(Text key, OutputRecords records) throws IOException {
      if (lastWriter == null || !lastKey.equals(key)) {
        lastWriter = writer(key);
        lastKey = new Text(key);
        lastRules = rules.get(lastKey);
      }
      if (records instanceof Slice one) {
        lastWriter.append(one.array(), one.offset(), one.length());
        count(one.array(), one.offset(), one.length());
      } else if (records instanceof EncodedRecords several) {
        lastWriter.append(several);
        for (int i = 0; lastRules != null && i < several.count(); i++) {
          count(several.array(), several.start(i), several.length(i));
        }
      }
    }

    private void count(byte[] source, int offset, int length) {
      if (lastRules != null) {
        lastRules.add(source, offset, length);
      }
    }

    private AvroRecordWriter writer(Text key) throws IOException {
      AvroRecordWriter writer = writers.get(key);
      if (writer == null) {
        JobOutput.DataSet dataSet = dataSets.get(key);
        if (dataSet == null) {
          throw new IOException(
              "Cannot write "
                  + key
                  + " in task "
                  + task
                  + ": the job's output does not provide for it");
        }
        writer = open(dataSet);
        writers.put(new Text(key), writer);
      }
      return writer;
    }

    private AvroRecordWriter open(JobOutput.DataSet dataSet) throws IOException {
      String name = "part-%c-%05d.avro".formatted(kind, task - dataSet.firstTask());
      Path path = new Path(new Path(folder, dataSet.folder()), name);
      FSDataOutputStream out = path.getFileSystem(configuration).create(path, true);
      Schema schema = new Schema.Parser().parse(dataSet.schema());
      if (RuleCounts.areOf(schema.getFullName())) {
        rules.put(new Text(dataSet.name()), new RuleCounts());
      }
      return new AvroRecordWriter(name, out, schema, dataSet.fingerprint());
    }

    @Override
    public void close(TaskAttemptContext context) throws IOException {
      TaskReport report = new TaskReport();
      for (Map.Entry<Text, AvroRecordWriter> entry : writers.entrySet()) {
        entry.getValue().close();
        DataFile file = entry.getValue().dataFile();
        report.addFile(dataSets.get(entry.getKey()).folder(), file);
        context.getCounter(FileOutputFormatCounter.BYTES_WRITTEN).increment(file.length());
      }
      rules.values().forEach(counts -> report.addQuarantined(counts.counts()));
      report.write(context, folder);
    }
  }
}
