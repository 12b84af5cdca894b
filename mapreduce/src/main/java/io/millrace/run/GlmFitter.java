package io.millrace.run;

import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.train.ExampleSettings;
import io.millrace.job.train.glm.GlmSettings;
import io.millrace.learn.glm.FitResult;
import io.millrace.learn.glm.GlmGraph;
import io.millrace.learn.glm.GlmProblem;
import io.millrace.learn.glm.StopReason;
import io.millrace.pipeline.Training;
import io.millrace.plan.DataFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Fits generalised linear models, and writes them as ONNX. */
final class GlmFitter implements Fitter {
  @Override
  public Fitted fit(FitTask task) throws IOException, InterruptedException {
    List<String> classes = task.classes().names();
    if (task.training().target() == Training.Target.CLASSES && classes.size() < 2) {
      throw failure(
          task,
          classes.isEmpty() ? new StopReason.NoRows() : new StopReason.OneClass(classes.get(0)));
    }
    GlmProblem problem = GlmProblems.of(task.training(), task.preparation(), classes, task.start());
    GlmSettings settings =
        new GlmSettings(new ExampleSettings(task.preparation(), task.classes()), problem.family());
    GlmFitting fitting =
        new GlmFitting(
            new GlmRounds(task.configuration(), settings, files(task), task.work(), task.jobs()),
            problem,
            task.rows().manifest().records(),
            task.progress());
    FitResult result = fitting.run();
    if (!result.reason().hasModel()) {
      throw failure(task, result.reason());
    }
    Path onnx = new Path(task.work(), "model.onnx");
    try (OutputStream out = onnx.getFileSystem(task.configuration()).create(onnx, true)) {
      out.write(GlmGraph.onnx(task.preparation(), result.model()));
    }
    return new Fitted(onnx, GlmProblems.summary(result), fitting.notes());
  }

  private static StageFailedException failure(FitTask task, StopReason reason) {
    return new StageFailedException(
        "Cannot fit model %s: %s"
            .formatted(task.training().spec().model().name().value(), reason.message()));
  }

  private static List<InputFile> files(FitTask task) {
    List<InputFile> files = new ArrayList<>();
    List<Path> paths = task.rows().paths();
    for (int i = 0; i < paths.size(); i++) {
      DataFile file = task.rows().manifest().files().get(i);
      files.add(new InputFile(paths.get(i).toString(), file.length()));
    }
    return files;
  }
}
