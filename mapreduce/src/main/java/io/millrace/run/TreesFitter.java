package io.millrace.run;

import io.millrace.job.train.ExampleSettings;
import io.millrace.job.train.trees.FitFolder;
import io.millrace.job.train.trees.TreesJob;
import io.millrace.job.train.trees.TreesJobSettings;
import io.millrace.learn.prepare.DesignColumn;
import io.millrace.learn.trees.DesignColumns;
import io.millrace.learn.trees.Objective;
import io.millrace.learn.trees.TreeEnsemble;
import io.millrace.learn.trees.TreesGraph;
import io.millrace.learn.trees.TreesMemory;
import io.millrace.learn.trees.TreesResult;
import io.millrace.learn.trees.TreesRound;
import io.millrace.learn.trees.TreesSettings;
import io.millrace.model.card.FitSummary;
import io.millrace.plan.JobLoad;
import io.millrace.plan.JobLoad.TaskLoad;
import io.millrace.spec.ModelSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Fits boosted trees in one task, and writes them as ONNX. */
final class TreesFitter implements Fitter {
  private static final int MOST_OF_HISTORY = 100;

  /** Files, blocks and batches of rows in the heap. */
  private static final long READING_BYTES = 64L << 20;

  /** Of a heap, what any task takes. */
  private static final long TASK_BYTES = 256L << 20;

  private static final int MIB_BITS = 20;

  /** Of a container, what a JVM takes beside its heap: a quarter, to be sure. */
  private static final int BESIDE_HEAP_SHARE = 4;

  @Override
  public Fitted fit(FitTask task) throws IOException, InterruptedException {
    TreesSettings settings = settings(task);
    FitFolder folder = new FitFolder(task.progress(), task.configuration());
    Optional<TreesResult> earlier = folder.result();
    TreesResult result = earlier.isPresent() ? earlier.get() : grow(task, settings, folder);
    if (!result.reason().givesModel()) {
      throw new StageFailedException(
          "Cannot fit model %s: %s"
              .formatted(task.training().spec().model().name().value(), result.text()));
    }
    TreeEnsemble trees = result.ensemble(DesignColumns.of(task.preparation()));
    Path onnx = new Path(task.work(), "model.onnx");
    try (OutputStream out = onnx.getFileSystem(task.configuration()).create(onnx, true)) {
      out.write(TreesGraph.onnx(task.preparation(), trees, task.classes().names()));
    }
    return new Fitted(onnx, summary(task, result, trees), List.of());
  }

  private static TreesSettings settings(FitTask task) {
    ModelSpec model = task.training().spec().model();
    ModelSpec.Trees trees = (ModelSpec.Trees) model.algorithm();
    Objective objective =
        switch (task.training().target()) {
          case BINARY -> Objective.LOGISTIC;
          case CLASSES -> Objective.SOFTMAX;
          case NUMBER ->
              switch (trees.objective().orElse(ModelSpec.Objective.SQUARED_ERROR)) {
                case SQUARED_ERROR -> Objective.SQUARED_ERROR;
                case POISSON -> Objective.POISSON;
              };
        };
    int outputs = objective == Objective.SOFTMAX ? task.classes().names().size() : 1;
    if (objective == Objective.SOFTMAX && outputs < 2) {
      throw new StageFailedException(
          "Cannot fit model %s: the rows to learn from are of %d classes; it takes two"
              .formatted(model.name().value(), outputs));
    }
    return TreesSettings.of(objective, outputs, trees, model.seed());
  }

  private static TreesResult grow(FitTask task, TreesSettings settings, FitFolder folder)
      throws IOException, InterruptedException {
    TreesJobSettings of =
        new TreesJobSettings(
            settings,
            new ExampleSettings(task.preparation(), task.classes()),
            task.rows().paths().stream().map(Path::toString).toList(),
            task.progress().toString());
    try (RoundsWatch watch = RoundsWatch.start(folder, settings.rounds(), task.jobs())) {
      task.jobs()
          .run(
              load(task, settings),
              TreesJob.create(task.configuration(), of, new Path(task.work(), "trees")));
      TreesResult result =
          folder
              .result()
              .orElseThrow(
                  () -> new IOException("Cannot find what came of the fit in " + task.progress()));
      watch.tell(result.rounds());
      return result;
    }
  }

  /**
   * One task, which holds all rows outside of its heap: as much as they may need at most, or what a
   * smaller container leaves beside a heap that is large enough. Whether that is enough the task
   * finds out as it reads them.
   */
  private static JobLoad load(FitTask task, TreesSettings settings) {
    long rows = task.rows().manifest().records();
    // a one-hot input is one value a row, whatever its columns; an indicator one more
    long most = Math.min(2 * task.preparation().inputs().size(), task.preparation().width());
    TreesMemory memory = new TreesMemory(settings.outputs(), 0);
    JobLoad wanted = load(memory.heapBytes(rows), memory.nativeBytes(rows, rows * most));
    long containerMib = task.jobs().resources(wanted).maps().memory().value();
    long heapMib = (TASK_BYTES + READING_BYTES + memory.heapBytes(rows)) >> MIB_BITS;
    long leftMib = containerMib - containerMib / BESIDE_HEAP_SHARE - heapMib;
    if (leftMib <= 0) {
      throw new StageFailedException(
          "Cannot grow trees: its one task has a container of %,d MiB, of which the heap takes %,d for %,d rows, and nothing is left for the rows themselves. Write more into resources.train.map_memory"
              .formatted(containerMib, heapMib, rows));
    }
    return load(memory.heapBytes(rows), Math.min(wanted.maps().nativeBytes(), leftMib << MIB_BITS));
  }

  private static JobLoad load(long heapBytes, long nativeBytes) {
    return new JobLoad(
        "fit",
        new TaskLoad(1, 0, READING_BYTES + heapBytes, nativeBytes),
        Optional.empty(),
        Optional.empty());
  }

  private static FitSummary summary(FitTask task, TreesResult result, TreeEnsemble trees) {
    List<FitSummary.Weight> weights = new ArrayList<>();
    List<DesignColumn> columns = task.preparation().columns();
    for (int i = 0; i < columns.size(); i++) {
      double gain = trees.gains().get(i);
      if (gain > 0) {
        weights.add(new FitSummary.Weight(columns.get(i).name(), Optional.empty(), gain));
      }
    }
    List<TreesRound> rounds = result.rounds();
    return new FitSummary(
        result.text(),
        Arrays.stream(GlmProblems.shown(rounds.size() - 1, MOST_OF_HISTORY))
            .mapToObj(i -> iteration(rounds.get(i + 1)))
            .toList(),
        FitSummary.WeightKind.GAIN,
        weights,
        List.of());
  }

  private static FitSummary.Iteration iteration(TreesRound round) {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("training_loss", round.trainingLoss());
    round.validationLoss().ifPresent(loss -> values.put("validation_loss", loss));
    return new FitSummary.Iteration(round.number(), values);
  }
}
