package io.millrace.job.features;

import io.millrace.job.io.BucketFiles;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.RecordFields;
import io.millrace.job.io.TaskProfile;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.FeatureWindows;
import io.millrace.plan.DataFile;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/**
 * Makes the features of one group and date: one map task a bucket merges the partials that the
 * date's windows reach. Buckets of any count line up, so that there is no shuffle.
 */
public final class FeaturesJob {
  /** The folder of the features below the job's output. */
  public static final String DATA_SET = "features";

  private FeaturesJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param inputs the partials of all dates up to {@code date} that the windows reach
   * @param buckets how many files to write, a power of two
   * @param profile whether the rows are profiled
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base,
      FeatureGroup group,
      LocalDate date,
      List<PartialPartition> inputs,
      int buckets,
      boolean profile,
      String fingerprint,
      Path output)
      throws IOException {
    JobOutput.DataSet features =
        new JobOutput.DataSet(
            DATA_SET,
            DATA_SET + "/" + group.name(),
            group.featureType().toAvro().toString(),
            fingerprint,
            0,
            buckets,
            true);
    Job job =
        JobTemplate.create(
            base,
            "features " + group.name() + " of " + date,
            FeaturesJob.class,
            output,
            new JobOutput(List.of(features)));
    job.setInputFormatClass(BucketInputFormat.class);
    job.setMapperClass(FeaturesMapper.class);
    job.setNumReduceTasks(0);
    Configuration configuration = job.getConfiguration();
    if (profile) {
      TaskProfile.want(configuration, group.featureType());
    }
    JobSettings.put(configuration, FeatureWindows.settings(group, date));
    JobSettings.put(
        configuration,
        new FeaturesSettings(
            group.partialSchema().toString(),
            group.entity().size(),
            inputs.stream().map(partition -> files(partition, date)).toList(),
            buckets));
    return job;
  }

  /** Why partials that were written with a schema cannot be merged, or nothing. */
  public static Optional<String> unreadable(Schema written, FeatureGroup group) {
    return RecordFields.problem(
        written.getFields(), group.partialSchema().getFields(), group.entity().size());
  }

  private static BucketFiles files(PartialPartition partition, LocalDate date) {
    if (partition.date().isAfter(date)) {
      throw new IllegalArgumentException(
          "Cannot make features of %s from partials of %s: they were not known then"
              .formatted(date, partition.date()));
    }
    return new BucketFiles(
        partition.folder(),
        partition.files().stream().map(DataFile::name).toList(),
        partition.files().stream().map(DataFile::length).toList());
  }
}
