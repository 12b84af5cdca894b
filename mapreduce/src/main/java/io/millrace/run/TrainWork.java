package io.millrace.run;

import static java.util.Objects.requireNonNull;

import io.millrace.avro.Evaluation;
import io.millrace.job.evaluate.EvaluateJob;
import io.millrace.job.train.statistics.StatisticsJob;
import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluationReport;
import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.LabelSummary;
import io.millrace.learn.prepare.LeakCheck;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.StatisticsPlan;
import io.millrace.learn.prepare.TableStatistics;
import io.millrace.model.ModelSignature;
import io.millrace.model.card.FitSummary;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions;
import io.millrace.pipeline.ModelFingerprint;
import io.millrace.pipeline.Training;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.StageId;
import io.millrace.spec.ModelSpec;
import io.millrace.warehouse.ModelRegistry;
import io.millrace.warehouse.Partition;
import io.millrace.warehouse.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Training a model on the rows of a training set: their statistics, the preparation of inputs that
 * follows from them, the fit, and what is measured of it. The model is registered as a version just
 * before the evaluation is published.
 */
final class TrainWork implements StageWork {
  private static final String ROWS = "train_rows_%s_total";

  private final Workspace workspace;
  private final Training training;
  private @Nullable ModelCard card;
  private @Nullable Path onnx;
  private List<String> notes = List.of();

  /** What inputs were left out, and which look as if they gave the label away. */
  private final List<String> inputWarnings = new ArrayList<>();

  TrainWork(Workspace workspace) {
    this.workspace = workspace;
    training = workspace.pipeline().training().orElseThrow();
  }

  @Override
  public SortedMap<String, Long> make(PlannedStage stage, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    Partition rows = workspace.warehouse().open(StageId.training().mainDataSet(), stage.date());
    if (rows.manifest().records() == 0) {
      throw new StageFailedException(
          "Cannot train %s: the training set of %s has no rows"
              .formatted(training.spec().model().name(), stage.date()));
    }
    TableStatistics statistics = statistics(stage, rows, staging, jobs);
    requireLearnable(statistics);
    Preparation preparation;
    ClassWeighting weighting;
    try {
      preparation = Preparation.fit(training.inputs(), training.prepare(), statistics);
      weighting = weighting(statistics);
    } catch (IllegalArgumentException e) {
      throw new StageFailedException(e.getMessage());
    }
    inputWarnings.clear(); // of a try before
    inputWarnings.addAll(preparation.notes());
    inputWarnings.addAll(LeakCheck.check(statistics).warnings());
    jobs.says(
        "%,d rows to learn from, %d inputs in %d columns"
            .formatted(statistics.trainRows(), training.inputs().size(), preparation.width()));
    Optional<ModelCard> production = production(stage);
    Optional<ModelCard> start = start(production);
    Fitted fitted =
        fitter()
            .fit(
                new FitTask(
                    workspace.configuration(),
                    training,
                    stage,
                    rows,
                    preparation,
                    weighting,
                    start.map(TrainWork::coefficients).orElse(List.of()),
                    staging.work("fit"),
                    progress(stage),
                    jobs));
    jobs.says(fitted.summary().stop());
    return measure(stage, rows, statistics, weighting, fitted, production, start, staging, jobs);
  }

  private TableStatistics statistics(
      PlannedStage stage, Partition rows, Staging staging, StageJobs jobs)
      throws IOException, InterruptedException {
    StatisticsPlan plan =
        StatisticsPlan.of(
            training.rows(),
            training.prepare(),
            new StatisticsPlan.ExampleColumns(
                Training.EXAMPLE_DATE, Training.EXAMPLE_SPLIT, Training.EXAMPLE_LABEL),
            training.target() != Training.Target.NUMBER);
    Path output = staging.work("statistics");
    jobs.run(
        StatisticsJob.create(
            workspace.configuration(), plan, rows.paths(), stage.fingerprint(), output));
    return StatisticsJob.read(plan, output, workspace.configuration());
  }

  /** Where there is nothing to tell apart, no model is to be had. */
  private void requireLearnable(TableStatistics statistics) {
    LabelSummary labels = statistics.labelsOf(Part.TRAIN.word());
    String name = training.spec().model().name().value();
    if (labels.rows() == 0) {
      throw new StageFailedException(
          "Cannot train %s: none of the rows is one to learn from; validation has %d, test %d. Take a longer history (train.snapshots), or smaller parts (train.split)"
              .formatted(
                  name,
                  statistics.labelsOf(Part.VALIDATION.word()).rows(),
                  statistics.labelsOf(Part.TEST.word()).rows()));
    }
    if (labels instanceof LabelSummary.OfClasses classes && classes.classes().size() == 1) {
      throw new StageFailedException(
          "Cannot train %s: all %d rows to learn from have the label %s; two classes at least are needed"
              .formatted(name, labels.rows(), classes.classes().get(0).label()));
    }
    if (labels instanceof LabelSummary.OfNumbers numbers && numbers.least() == numbers.greatest()) {
      throw new StageFailedException(
          "Cannot train %s: all %d rows to learn from have the label %s"
              .formatted(name, labels.rows(), numbers.least()));
    }
  }

  private ClassWeighting weighting(TableStatistics statistics) {
    return ClassWeighting.of(
        training.spec().classWeights(),
        training.spec().negatives(),
        statistics.labelsOf(Part.TRAIN.word()),
        training.target() == Training.Target.BINARY);
  }

  private Fitter fitter() {
    return training.spec().model().algorithm() instanceof ModelSpec.Trees
        ? new TreesFitter()
        : new GlmFitter();
  }

  /**
   * The version that scored until the day before: one of the same day may be this very model,
   * registered by a run that died.
   */
  private Optional<ModelCard> production(PlannedStage stage) throws IOException {
    String name = training.spec().model().name().value();
    ModelRegistry registry = new ModelRegistry(workspace.warehouse());
    ModelVersions versions = registry.versions(name);
    Optional<ModelVersion> version = versions.chosenFor(stage.date().minusDays(1)).found();
    return version.isPresent() ? registry.card(name, version.get()) : Optional.empty();
  }

  private Optional<ModelCard> start(Optional<ModelCard> production) {
    boolean isWarm =
        training.spec().model().algorithm() instanceof ModelSpec.Glm glm && glm.warmStart();
    return production.filter(
        found ->
            isWarm
                && found.kind().equals(kind())
                && !found.coefficients().isEmpty()
                && (found.classes().isEmpty() == (training.target() != Training.Target.CLASSES)));
  }

  private String kind() {
    return training.spec().model().kind().value().name().toLowerCase(Locale.ROOT);
  }

  private static List<FitSummary.Weight> coefficients(ModelCard card) {
    return card.coefficients().stream()
        .map(
            weight ->
                new FitSummary.Weight(
                    weight.column(), Optional.ofNullable(weight.target()), weight.value()))
        .toList();
  }

  private Path progress(PlannedStage stage) {
    return workspace.warehouse().fitPath(stage.fingerprint());
  }

  private SortedMap<String, Long> measure(
      PlannedStage stage,
      Partition rows,
      TableStatistics statistics,
      ClassWeighting weighting,
      Fitted fitted,
      Optional<ModelCard> production,
      Optional<ModelCard> start,
      Staging staging,
      StageJobs jobs)
      throws IOException, InterruptedException {
    byte[] model = read(fitted.onnx());
    ModelSignature signature = ModelSignature.read(model);
    List<String> classes =
        training.target() == Training.Target.CLASSES ? weighting.names() : List.of();
    Measuring measuring = new Measuring(workspace, training, fitted.onnx(), signature, classes);
    if (production.isPresent()) {
      measuring.compareWith(production.get(), new ModelRegistry(workspace.warehouse()));
    }
    SortedMap<String, Long> counts =
        new TreeMap<>(measuring.run(stage, rows, statistics, model.length, staging.output(), jobs));
    for (Part part : Part.values()) {
      counts.put(ROWS.formatted(part.word()), statistics.labelsOf(part.word()).rows());
    }
    List<String> warnings = new ArrayList<>(inputWarnings);
    warnings.addAll(fitted.summary().notes());
    warnings.addAll(measuring.notes());
    card =
        new TrainedCard(training, stage, report(staging))
            .card(
                rows,
                signature,
                new ModelCard.Onnx(ModelFingerprint.of(model), model.length, signature.memory()),
                classes,
                fitted.summary(),
                new TrainedCard.Others(measuring.production(), start.map(ModelCard::version)),
                warnings);
    onnx = fitted.onnx();
    notes = fitted.notes();
    return counts;
  }

  private EvaluationReport report(Staging staging) throws IOException {
    Path folder = new Path(staging.output(), EvaluateJob.DATA_SET);
    List<Path> files = new ArrayList<>();
    for (FileStatus file :
        folder.getFileSystem(workspace.configuration()).globStatus(new Path(folder, "part-*"))) {
      files.add(file.getPath());
    }
    Collections.sort(files);
    return EvaluateJob.read(files, workspace.configuration());
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = file.getFileSystem(workspace.configuration()).open(file)) {
      return in.readAllBytes();
    }
  }

  @Override
  public List<String> register(PlannedStage stage, Staging staging) throws IOException {
    ModelCard made = requireNonNull(card, "nothing was made");
    byte[] model = read(requireNonNull(onnx, "nothing was made"));
    ModelVersion version =
        new ModelRegistry(workspace.warehouse()).register(made, model, staging.work("model"));
    FileSystem fileSystem = workspace.warehouse().fileSystem();
    fileSystem.delete(progress(stage), true);
    List<String> told = new ArrayList<>(made.warnings());
    told.addAll(notes);
    List<String> rejections = TrainedCard.rejections(made);
    if (!rejections.isEmpty()) {
      told.add(
          "version %s of the model %s is not accepted, and scores nothing: %s"
              .formatted(version, made.name(), String.join("; ", rejections)));
    }
    return told;
  }

  @Override
  public Map<String, Schema> schemas() {
    return Map.of(StageId.train().mainDataSet(), Evaluation.getClassSchema());
  }

  @Override
  public boolean isBucketed(String dataSet) {
    return false;
  }
}
