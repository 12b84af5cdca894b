package io.millrace.job.train.glm;

import io.millrace.allreduce.PairwiseSum;
import io.millrace.allreduce.PairwiseSum.Subtree;
import io.millrace.job.io.FilesInputFormat;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.learn.glm.Sums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.SequenceFileOutputFormat;

/** One sum over all training rows: maps read their files and keep a group of rows at a time. */
public final class GlmStepJob {
  private static final String PART = "part-";

  private GlmStepJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param output a folder of the job's own
   */
  public static Job create(
      Configuration base, GlmSettings settings, InputFiles input, GlmStep step, Path output)
      throws IOException {
    Job job = JobTemplate.create(base, "step", GlmStepJob.class, output, new JobOutput(List.of()));
    Configuration configuration = job.getConfiguration();
    JobSettings.put(configuration, settings);
    JobSettings.put(configuration, input);
    JobSettings.put(configuration, step);
    job.setInputFormatClass(FilesInputFormat.class);
    job.setMapperClass(GlmStepMapper.class);
    job.setOutputKeyClass(IntWritable.class);
    job.setOutputValueClass(BytesWritable.class);
    job.setOutputFormatClass(SequenceFileOutputFormat.class);
    job.setNumReduceTasks(0);
    return job;
  }

  /**
   * The sums that a job has left.
   *
   * @param files how many there are
   */
  public static Sums read(
      Configuration configuration, GlmSettings settings, GlmStep step, int files, Path output)
      throws IOException {
    List<Subtree> subtrees = new ArrayList<>();
    for (FileStatus file :
        output
            .getFileSystem(configuration)
            .listStatus(output, path -> path.getName().startsWith(PART))) {
      try (SequenceFile.Reader reader =
          new SequenceFile.Reader(configuration, SequenceFile.Reader.file(file.getPath()))) {
        IntWritable first = new IntWritable();
        BytesWritable sums = new BytesWritable();
        while (reader.next(first, sums)) {
          subtrees.add(StepSums.read(first.get(), sums));
        }
      }
    }
    subtrees.sort(Comparator.comparingInt(Subtree::firstFile));
    PairwiseSum sum = new PairwiseSum(new SumsAddition(settings.shape(), step.order()));
    subtrees.forEach(sum::add);
    return new Sums(settings.shape(), step.order(), sum.total(files));
  }
}
