package io.millrace.job.join;

import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

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
  public static Job create(Configuration base, JoinInput input, String fingerprint, Path output)
      throws IOException {
    JobOutput.DataSet matches =
        new JobOutput.DataSet(DATA_SET, MATCH.toString(), fingerprint, 0, input.tasks(), true);
    Job job =
        JobTemplate.create(
            base, "join: match", MatchJob.class, output, new JobOutput(List.of(matches)));
    Configuration configuration = job.getConfiguration();
    // a row's number is known only to who reads its file from the start
    configuration.setBoolean(AvroBlockInputFormat.WHOLE_FILES, true);
    job.setInputFormatClass(AvroBlockInputFormat.class);
    FileInputFormat.setInputPaths(job, input.cleanPaths());
    job.setMapperClass(MatchMapper.class);
    job.setCombinerClass(MatchCombiner.class);
    job.setPartitionerClass(MatchPartitioner.class);
    job.setReducerClass(MatchReducer.class);
    job.setNumReduceTasks(input.tasks());
    JobSettings.put(configuration, input);
    return job;
  }
}
