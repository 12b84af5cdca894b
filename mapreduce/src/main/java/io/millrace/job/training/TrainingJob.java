package io.millrace.job.training;

import io.millrace.job.io.FilesInputFormat;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.learn.ExampleSettings;
import io.millrace.learn.MarkSettings;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Makes training rows of the entities of a feature group, labelled from their future. */
public final class TrainingJob {
  /** The data set of the training rows. */
  public static final String TRAINING = "training";

  private TrainingJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param clean the records in which events are looked for
   * @param settingsFile where tasks find what they read: on many dates it is more than a job's
   *     configuration should hold
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base,
      TrainingInput input,
      InputFiles clean,
      MarkSettings marks,
      ExampleSettings examples,
      Path settingsFile,
      String fingerprint,
      Path output)
      throws IOException {
    JobOutput.DataSet training =
        new JobOutput.DataSet(TRAINING, examples.schema(), fingerprint, 0, input.tasks(), true);
    Job job =
        JobTemplate.create(
            base, "training", TrainingJob.class, output, new JobOutput(List.of(training)));
    job.setInputFormatClass(FilesInputFormat.class);
    job.setMapperClass(TrainingMapper.class);
    job.setCombinerClass(TrainingCombiner.class);
    job.setPartitionerClass(TrainingPartitioner.class);
    job.setReducerClass(TrainingReducer.class);
    job.setNumReduceTasks(input.tasks());
    Configuration configuration = job.getConfiguration();
    JobSettings.putAside(configuration, input, settingsFile);
    JobSettings.putAside(configuration, clean, settingsFile.suffix("-files"));
    JobSettings.put(configuration, marks);
    JobSettings.put(configuration, examples);
    return job;
  }
}
