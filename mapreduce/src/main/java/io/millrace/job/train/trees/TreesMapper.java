package io.millrace.job.train.trees;

import io.millrace.job.io.JobSettings;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.Part;
import io.millrace.learn.trees.DesignColumns;
import io.millrace.learn.trees.TrainingMatrix;
import io.millrace.learn.trees.TreesFit;
import io.millrace.learn.trees.TreesMemory;
import io.millrace.learn.trees.TreesResult;
import io.millrace.learn.trees.TreesState;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** Reads all rows into XGBoost's memory, and grows trees; goes on where an earlier attempt was. */
public final class TreesMapper
    extends Mapper<NullWritable, NullWritable, NullWritable, NullWritable> {
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> fit(context));
  }

  private static void fit(Context context) throws IOException {
    TreesJobSettings settings = JobSettings.get(context.getConfiguration(), TreesJobSettings.class);
    FitFolder folder = new FitFolder(new Path(settings.fit()), context.getConfiguration());
    DesignColumns columns = DesignColumns.of(settings.examples().preparation());
    TreesMemory memory =
        new TreesMemory(
            settings.trees().outputs(), TaskRoom.nativeBytes(context.getConfiguration()));
    try (TrainingMatrix training = read(settings, Part.TRAIN, columns, memory, context);
        TrainingMatrix validation =
            read(settings, Part.VALIDATION, columns, memory.beside(training), context)) {
      Optional<TreesState> state = folder.state();
      TreesResult result =
          TreesFit.run(
              settings.trees(),
              training,
              validation,
              TaskRoom.threads(training, context.getConfiguration()),
              state,
              new FitProgress(folder, context));
      folder.write(result);
    }
  }

  private static TrainingMatrix read(
      TreesJobSettings settings,
      Part part,
      DesignColumns columns,
      TreesMemory memory,
      Context context)
      throws IOException {
    try (PartExamples examples =
        new PartExamples(settings, part, context.getConfiguration(), context::progress)) {
      return TrainingMatrix.read(examples, columns, memory);
    }
  }
}
