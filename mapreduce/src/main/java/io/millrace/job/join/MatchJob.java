package io.millrace.job.join;

import io.millrace.job.io.FilesInputFormat;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.plan.Sizing;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/**
 * The first job of a join: finds the features of the entities that rows name. Its output is an
 * intermediate one, for {@link AssembleJob}.
 */
public final class MatchJob {
  static final String DATA_SET = "matches";

  /** The features of an entity, encoded, and a list of the numbers of rows that name it. */
  private static final Schema MATCH =
      SchemaBuilder.record("Match")
          .fields()
          .requiredInt("entity")
          .requiredBytes("features")
          .requiredBytes("rows")
          .endRecord();

  private MatchJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param fingerprint of the partition to come, at least 32 hexadecimal digits
   */
  public static Job create(Configuration base, Joining join, String fingerprint, Path output)
      throws IOException {
    JoinInput input = join.input();
    JobOutput.DataSet matches =
        new JobOutput.DataSet(DATA_SET, MATCH.toString(), fingerprint, 0, input.tasks(), true);
    Job job =
        JobTemplate.create(
            base,
            join.examples().isPresent() ? "training: match" : "join: match",
            MatchJob.class,
            output,
            new JobOutput(List.of(matches)));
    Configuration configuration = job.getConfiguration();
    // whole files: a row's number is known only to who reads its file from the start
    job.setInputFormatClass(FilesInputFormat.class);
    job.setMapperClass(MatchMapper.class);
    job.setCombinerClass(MatchCombiner.class);
    job.setPartitionerClass(MatchPartitioner.class);
    job.setReducerClass(MatchReducer.class);
    job.setNumReduceTasks(input.tasks());
    join.put(configuration);
    JobSettings.putAside(
        configuration, input.inputFiles(Sizing.MAP_BYTES), join.settingsFile().suffix("-files"));
    return job;
  }
}
