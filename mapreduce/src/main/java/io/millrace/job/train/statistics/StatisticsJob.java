package io.millrace.job.train.statistics;

import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.AvroRecordReader;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.Slice;
import io.millrace.learn.prepare.StatisticsPlan;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.row.ByteCursor;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * Gathers the statistics of a training set. Each map sends one state, one reduce merges them; the
 * result is the same whatever the splits and the order of the shuffle.
 */
public final class StatisticsJob {
  /** The folder of the one record of the result below the job's output. */
  static final String DATA_SET = "statistics";

  private static final Schema RECORD =
      SchemaBuilder.record("Statistics").fields().requiredBytes("state").endRecord();

  private StatisticsJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param trainingFiles at least one; their rows are those of the plan
   * @param fingerprint at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base,
      StatisticsPlan plan,
      List<Path> trainingFiles,
      String fingerprint,
      Path output)
      throws IOException {
    if (trainingFiles.isEmpty()) {
      throw new IllegalArgumentException("Cannot gather statistics: the training set has no files");
    }
    Job job =
        JobTemplate.create(
            base,
            "train (statistics)",
            StatisticsJob.class,
            output,
            new JobOutput(
                List.of(
                    new JobOutput.DataSet(DATA_SET, RECORD.toString(), fingerprint, 0, 1, true))));
    job.setInputFormatClass(AvroBlockInputFormat.class);
    FileInputFormat.setInputPaths(job, trainingFiles.toArray(Path[]::new));
    job.setMapperClass(StatisticsMapper.class);
    job.setReducerClass(StatisticsReducer.class);
    job.setNumReduceTasks(1);
    JobSettings.put(job.getConfiguration(), plan);
    return job;
  }

  /** Reads the result of a job that has succeeded. */
  public static TableStatistics read(StatisticsPlan plan, Path output, Configuration configuration)
      throws IOException {
    TableStatistics statistics = new TableStatistics(plan);
    Path folder = new Path(output, DATA_SET);
    RecordBlock block = new RecordBlock();
    ByteCursor cursor = new ByteCursor();
    for (FileStatus file : folder.getFileSystem(configuration).listStatus(folder)) {
      try (AvroRecordReader reader = AvroRecordReader.open(file.getPath(), configuration)) {
        while (reader.next(block)) {
          Slice bytes = block.bytes();
          cursor.reset(bytes.array(), bytes.offset(), bytes.length());
          for (long record = 0; record < block.count(); record++) {
            cursor.readLength();
            statistics.merge(cursor);
          }
        }
      }
    }
    return statistics;
  }
}
