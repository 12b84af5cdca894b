package io.millrace.job.score;

import io.millrace.avro.Quarantined;
import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.ModelFile;
import io.millrace.job.io.TaskLibrary;
import io.millrace.model.ModelSession;
import io.millrace.pipeline.Scoring;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** Rows in, scores out: a file of scores for each file of rows, in its order. */
public final class ScoreJob {
  /** The data set of the scores. */
  public static final String SCORES = "scores";

  /** The data set of the rows that could not be scored. */
  public static final String QUARANTINE = "quarantine/score";

  static final String MODEL = "score";

  private ScoreJob() {}

  /**
   * The job, not yet submitted, for rows that are still to be joined: each task holds the features
   * in memory.
   *
   * @param cleanFiles Avro files of clean records, out of which the scoring's rows are made
   */
  public static Job create(
      Configuration base,
      Scoring scoring,
      Path modelFile,
      List<Path> cleanFiles,
      FeatureLookup lookup,
      String fingerprint,
      Path output)
      throws IOException {
    Job job = create(base, scoring, modelFile, cleanFiles, fingerprint, output);
    JobSettings.put(job.getConfiguration(), lookup);
    return job;
  }

  /**
   * The job, not yet submitted.
   *
   * @param modelFile an ONNX file that every node can reach
   * @param rowFiles Avro files that have the scoring's columns; scores of the first are in file 0,
   *     and so on
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base,
      Scoring scoring,
      Path modelFile,
      List<Path> rowFiles,
      String fingerprint,
      Path output)
      throws IOException {
    int files = rowFiles.size();
    JobOutput dataSets =
        new JobOutput(
            List.of(
                new JobOutput.DataSet(
                    SCORES, scoring.scores().toAvro().toString(), fingerprint, 0, files, true),
                new JobOutput.DataSet(
                    QUARANTINE,
                    Quarantined.getClassSchema().toString(),
                    fingerprint,
                    0,
                    files,
                    false)));
    Job job = JobTemplate.create(base, "score", ScoreJob.class, output, dataSets);
    JobSettings.put(job.getConfiguration(), ScoreSettings.of(scoring, ModelSession.BATCH_ROWS));
    TaskLibrary.ONNX_RUNTIME.require(job.getConfiguration());
    ModelFile.add(job, modelFile, MODEL, fingerprint);
    job.getConfiguration().setBoolean(AvroBlockInputFormat.WHOLE_FILES, true);
    FileInputFormat.setInputPaths(job, rowFiles.toArray(Path[]::new));
    job.setInputFormatClass(AvroBlockInputFormat.class);
    job.setMapperClass(ScoreMapper.class);
    job.setNumReduceTasks(0);
    return job;
  }
}
