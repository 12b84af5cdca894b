package io.millrace.job.io;

import io.millrace.job.shuffle.LocalShuffle;
import io.millrace.job.shuffle.MapSort;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/** What all of Millrace's jobs have in common. */
public final class JobTemplate {
  private JobTemplate() {}

  /**
   * A job that shuffles slices and writes encoded records below {@code output}; mapper, reducer and
   * input are still to be set.
   *
   * @param jarClass a class of the job's jar
   */
  public static Job create(
      Configuration base, String name, Class<?> jarClass, Path output, JobOutput dataSets)
      throws IOException {
    Job job = Job.getInstance(base, name);
    Configuration configuration = job.getConfiguration();
    // the local runner's tasks have the driver's classes; copying the jar would cost more than they
    // do
    if (!isLocal(configuration)) {
      job.setJarByClass(jarClass);
    }
    configuration.setStrings(
        "io.serializations",
        SliceSerialization.class.getName(),
        "org.apache.hadoop.io.serializer.WritableSerialization");
    // Millrace parses its own command line; without this Hadoop advises against it, job after job
    configuration.setBoolean(Job.USED_GENERIC_PARSER, true);
    // RecordOutputFormat insists on it; here it is for those who read the job's configuration
    configuration.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
    configuration.setBoolean(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, false);
    job.setMapOutputKeyClass(Slice.class);
    job.setMapOutputValueClass(Slice.class);
    job.setSortComparatorClass(SliceComparator.class);
    MapSort.applyTo(configuration);
    if (isLocal(configuration)) {
      LocalShuffle.applyTo(configuration);
    }
    job.setPartitionerClass(BucketPartitioner.class);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(Slice.class);
    job.setOutputFormatClass(RecordOutputFormat.class);
    FileOutputFormat.setOutputPath(job, output);
    JobSettings.put(configuration, dataSets);
    return job;
  }

  /** Whether jobs of this configuration run in the process that submits them. */
  public static boolean isLocal(Configuration configuration) {
    return configuration
        .get(MRConfig.FRAMEWORK_NAME, MRConfig.LOCAL_FRAMEWORK_NAME)
        .equals(MRConfig.LOCAL_FRAMEWORK_NAME);
  }
}
