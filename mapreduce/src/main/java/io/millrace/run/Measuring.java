package io.millrace.run;

import io.millrace.job.evaluate.EvaluateCounter;
import io.millrace.job.evaluate.EvaluateJob;
import io.millrace.job.evaluate.MeasuredModel;
import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.learn.metrics.EvaluationReport;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.model.BoundModel;
import io.millrace.model.ElementType;
import io.millrace.model.ModelInputs;
import io.millrace.model.ModelOutput;
import io.millrace.model.ModelSignature;
import io.millrace.model.ValueType;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.pipeline.Scoring;
import io.millrace.pipeline.Training;
import io.millrace.plan.JobLoad;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageLoads;
import io.millrace.row.RowType;
import io.millrace.spec.ScoreSpec.Missing;
import io.millrace.warehouse.ModelRegistry;
import io.millrace.warehouse.Partition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;

/**
 * Measures a model that was trained, the one in production and the baseline, all on the same rows.
 */
final class Measuring {
  /** The output that has the probability of each class. */
  private static final String PROBABILITIES = "probabilities";

  private final Workspace workspace;
  private final Training training;
  private final List<MeasuredModel> models = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<ModelCard> production = Optional.empty();

  /**
   * @param onnx the file of the trained model
   * @param signature of it
   * @param classes in the order of its probabilities; none where the label is no class
   */
  Measuring(
      Workspace workspace,
      Training training,
      Path onnx,
      ModelSignature signature,
      List<String> classes) {
    this.workspace = workspace;
    this.training = training;
    models.add(measured(EvaluatedModel.CANDIDATE, onnx, signature, classes));
    training
        .baseline()
        .ifPresent(
            baseline ->
                models.add(
                    new MeasuredModel(
                        EvaluatedModel.BASELINE,
                        workspace.location().path(baseline.file()),
                        baseline.model(),
                        List.of())));
  }

  /**
   * Measures the version in production too, if the training rows have the columns that it takes.
   *
   * @param card of it
   */
  void compareWith(ModelCard card, ModelRegistry registry) {
    List<String> unknown = unknownInputs(card);
    if (unknown.isEmpty()) {
      production = Optional.of(card);
      models.add(
          measured(
              EvaluatedModel.PRODUCTION,
              registry.onnx(card.name(), card.version()),
              card.signature(),
              card.classes()));
    } else {
      notes.add(
          "version %s, which is in production, was not measured on the same rows: they do not have %s as it takes them"
              .formatted(card.version(), String.join(", ", unknown)));
    }
  }

  private List<String> unknownInputs(ModelCard card) {
    RowType rows = training.rows();
    return card.inputs().stream()
        .filter(
            input ->
                !rows.has(input.name())
                    || !input
                        .type()
                        .equals(TrainedCard.tensorType(rows.column(input.name()).type())))
        .map(ModelCard.Input::name)
        .toList();
  }

  private static MeasuredModel measured(
      EvaluatedModel role, Path onnx, ModelSignature signature, List<String> classes) {
    List<ModelInputs.Tensor> tensors = signature.inputs().stream().map(Measuring::tensor).toList();
    boolean hasProbabilities =
        !classes.isEmpty()
            && signature.outputs().stream().anyMatch(value -> value.name().equals(PROBABILITIES));
    String output = hasProbabilities ? PROBABILITIES : Scoring.SCORE;
    ModelOutput bound =
        new ModelOutput(output, output, element(signature, output), OptionalInt.empty());
    return new MeasuredModel(
        role,
        onnx,
        new BoundModel(new ModelInputs(tensors, false), bound),
        hasProbabilities ? classes : List.of());
  }

  private static ModelInputs.Tensor tensor(ModelSignature.Value input) {
    ElementType element = ((ValueType.Tensor) input.type()).element();
    Missing missing =
        element == ElementType.STRING ? new Missing.EmptyText() : new Missing.NotANumber();
    return new ModelInputs.Tensor(
        input.name(), element, true, List.of(new ModelInputs.Feed(input.name(), missing)));
  }

  private static ElementType element(ModelSignature signature, String output) {
    return signature.outputs().stream()
        .filter(value -> value.name().equals(output))
        .map(value -> ((ValueType.Tensor) value.type()).element())
        .findFirst()
        .orElseThrow();
  }

  /** The version that is measured beside, if any. */
  Optional<ModelVersion> production() {
    return production.map(ModelCard::version);
  }

  /** What a person should know. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Runs the job, which leaves the data set of the stage below its output. */
  SortedMap<String, Long> run(
      PlannedStage stage,
      Partition rows,
      TableStatistics statistics,
      long modelBytes,
      Path output,
      StageJobs jobs)
      throws IOException, InterruptedException {
    Job job =
        EvaluateJob.create(
            workspace.configuration(),
            training,
            new EvaluateJob.Examples(
                rows.paths(),
                rows.manifest().records(),
                statistics.labelsOf(Part.TEST.word()).rows()),
            models,
            stage.fingerprint(),
            output);
    JobLoad load =
        StageLoads.evaluate(
            rows.manifest().files().size(),
            rows.manifest().records(),
            job.getNumReduceTasks(),
            models.size(),
            training.spec().evaluate().segments().size(),
            modelBytes);
    Counters counters = jobs.run(load, job);
    return new TreeMap<>(
        JobCounts.of(
            counters,
            Arrays.stream(EvaluateCounter.values())
                .map(EvaluateCounter::counterName)
                .collect(Collectors.toList())));
  }

  /** What was measured. */
  EvaluationReport report(List<Path> files) throws IOException {
    return EvaluateJob.read(files, workspace.configuration());
  }
}
