package io.millrace.job.train.glm;

import io.millrace.allreduce.PairwiseSum;
import io.millrace.job.io.FilesSplit;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.train.ExampleReader;
import io.millrace.learn.Part;
import io.millrace.learn.glm.GlmRows;
import io.millrace.learn.glm.Sums;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Sums the rows of its files at the step's coefficients. */
public final class GlmStepMapper
    extends Mapper<IntWritable, RecordBlock, IntWritable, BytesWritable> {
  private final IntWritable firstFile = new IntWritable();
  private GlmSettings settings;
  private GlmStep step;
  private double[] coefficients;
  private ExampleReader reader;
  private RecordPlace place;
  private PairwiseSum sum;
  private Sums ofFile;
  private int files;

  @Override
  protected void setup(Context context) throws IOException {
    Configuration configuration = context.getConfiguration();
    settings = JobSettings.get(configuration, GlmSettings.class);
    step = JobSettings.get(configuration, GlmStep.class);
    coefficients = step.coefficients(configuration);
    reader = new ExampleReader(settings.examples(), Set.of(Part.TRAIN));
    place = new RecordPlace(reader::taken);
    sum = new PairwiseSum(new SumsAddition(settings.shape(), step.order()));
    ofFile = new Sums(settings.shape(), step.order());
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    setup(context);
    TaskFailure.noting(context, () -> sum(context), place::text);
  }

  private void sum(Context context) throws IOException, InterruptedException {
    FilesSplit split = (FilesSplit) context.getInputSplit();
    RowGroups groups =
        new RowGroups(
            settings.shape(),
            group -> {
              add(group);
              context.progress();
            });
    while (context.nextKeyValue()) {
      endFilesBefore(context.getCurrentKey().get(), split.first(), groups);
      RecordBlock block = context.getCurrentValue();
      place.enter(block);
      reader.read(block, groups::add);
      place.leave();
    }
    endFilesBefore(split.first() + split.paths().size(), split.first(), groups);
    for (PairwiseSum.Subtree subtree : sum.subtrees()) {
      firstFile.set(subtree.firstFile());
      context.write(firstFile, StepSums.write(subtree));
    }
  }

  private void add(GlmRows group) {
    group.addTo(ofFile, coefficients);
  }

  /** Those without rows are summed, too. */
  private void endFilesBefore(int file, int first, RowGroups groups)
      throws IOException, InterruptedException {
    while (first + files < file) {
      groups.endFile();
      sum.add(first + files, ofFile.values());
      ofFile = new Sums(settings.shape(), step.order());
      files++;
    }
  }
}
