package io.millrace.run;

import io.millrace.learn.Part;
import io.millrace.learn.metrics.EvaluatedModel;
import io.millrace.learn.metrics.EvaluationReport;
import io.millrace.learn.metrics.Metric;
import io.millrace.learn.metrics.MetricValue;
import io.millrace.model.ElementType;
import io.millrace.model.ModelSignature;
import io.millrace.model.ValueType;
import io.millrace.model.card.FitSummary;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.pipeline.Training;
import io.millrace.plan.PlannedStage;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.spec.SpecPrinter;
import io.millrace.spec.TrainSpec;
import io.millrace.spec.TrainSpec.Limit;
import io.millrace.warehouse.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a trained model says of itself, put together from what its training has left. */
final class TrainedCard {
  private static final int FIRST = 1;

  private final Training training;
  private final PlannedStage stage;
  private final EvaluationReport report;

  TrainedCard(Training training, PlannedStage stage, EvaluationReport report) {
    this.training = training;
    this.stage = stage;
    this.report = report;
  }

  /**
   * Which other versions had to do with it.
   *
   * @param production measured beside it
   * @param startedFrom at whose coefficients the fit began
   */
  record Others(Optional<ModelVersion> production, Optional<ModelVersion> startedFrom) {}

  /**
   * The card. Its version has the number 1, and gets its own when it is registered.
   *
   * @param classes that are told apart; none where the label is a number
   */
  ModelCard card(
      Partition rows,
      ModelSignature signature,
      ModelCard.Onnx onnx,
      List<String> classes,
      FitSummary fit,
      Others others,
      List<String> warnings) {
    TrainSpec spec = training.spec();
    return new ModelCard(
        ModelCard.CURRENT_FORMAT,
        spec.model().name().value(),
        new ModelVersion(stage.date(), FIRST),
        spec.model().kind().value().name().toLowerCase(Locale.ROOT),
        BuildVersion.text(),
        spec.model().seed(),
        stage.fingerprint(),
        new ModelCard.TrainingData(
            rows.manifest().fingerprint(),
            rows.manifest().files().stream()
                .map(
                    file ->
                        new ModelCard.File(
                            file.name(), file.length(), file.records(), file.crc32c()))
                .toList()),
        SpecPrinter.print(spec),
        onnx,
        signature.inputs().stream().map(this::input).toList(),
        signature.outputs().stream().map(TrainedCard::output).toList(),
        training.target() == Training.Target.CLASSES ? classes : List.of(),
        new ModelCard.Fit(fit.stop(), others.startedFrom().orElse(null), fit.history()),
        others.production().orElse(null),
        report.entries().stream()
            .filter(entry -> entry.measured().metric() != Metric.PERMUTATION_IMPORTANCE)
            .map(TrainedCard::measured)
            .toList(),
        spec.accept().stream().map(this::condition).toList(),
        weights(fit, FitSummary.WeightKind.COEFFICIENT),
        weights(fit, FitSummary.WeightKind.GAIN),
        report.importances().stream()
            .map(input -> new ModelCard.Weight(input.input(), null, input.loss()))
            .toList(),
        warnings);
  }

  /** The type of a model's tensor for a column of training rows. */
  static ModelCard.TensorType tensorType(ColumnType column) {
    return column.kind() == Kind.STRING ? ModelCard.TensorType.STRING : ModelCard.TensorType.DOUBLE;
  }

  private ModelCard.Input input(ModelSignature.Value input) {
    ColumnType column = training.rows().column(input.name()).type();
    return new ModelCard.Input(input.name(), tensorType(column), column.sqlName());
  }

  private static ModelCard.Output output(ModelSignature.Value output) {
    ValueType.Tensor tensor = (ValueType.Tensor) output.type();
    List<OptionalLong> shape = tensor.shape().orElse(List.of());
    long width = shape.size() < 2 ? 1 : shape.get(1).orElse(1);
    return new ModelCard.Output(
        output.name(),
        tensor.element() == ElementType.STRING
            ? ModelCard.TensorType.STRING
            : ModelCard.TensorType.DOUBLE,
        Math.toIntExact(width));
  }

  private static List<ModelCard.Weight> weights(FitSummary fit, FitSummary.WeightKind kind) {
    return fit.weightKind() == kind
        ? fit.weights().stream().map(ModelCard.Weight::of).toList()
        : List.of();
  }

  private static ModelCard.Measured measured(EvaluationReport.Entry entry) {
    MetricValue value = entry.measured();
    return new ModelCard.Measured(
        entry.model().fieldValue(),
        entry.part().word(),
        entry
            .segment()
            .map(segment -> segment.column() + "=" + segment.value().orElse("NULL"))
            .orElse(null),
        value.metric().metricName(),
        value.label().orElse(null),
        value.parameter().orElse(null),
        value.value().isPresent() ? value.value().getAsDouble() : null,
        value.reason().orElse(null),
        value.rows());
  }

  private ModelCard.Condition condition(TrainSpec.Requirement requirement) {
    Metric metric = Metric.named(requirement.metric().value()).orElseThrow();
    OptionalDouble found = value(EvaluatedModel.CANDIDATE, metric);
    Limit limit = requirement.limit().value();
    String sign = requirement.sign().text();
    if (limit instanceof Limit.Fixed number) {
      return condition(requirement, "%s %s".formatted(sign, number.value()), found, number.value());
    }
    boolean isProduction = limit instanceof Limit.Production;
    OptionalDouble other =
        value(isProduction ? EvaluatedModel.PRODUCTION : EvaluatedModel.BASELINE, metric);
    String name = isProduction ? "production" : "baseline";
    if (other.isEmpty() && isProduction && !report.models().contains(EvaluatedModel.PRODUCTION)) {
      return new ModelCard.Condition(
          metric.metricName(),
          "%s %s (there is none to compare with)".formatted(sign, name),
          boxed(found),
          true);
    }
    String expected =
        other.isPresent()
            ? "%s %s (%s)".formatted(sign, name, other.getAsDouble())
            : "%s %s (which has none)".formatted(sign, name);
    return condition(requirement, expected, found, other.orElse(Double.NaN));
  }

  private static ModelCard.Condition condition(
      TrainSpec.Requirement requirement, String expected, OptionalDouble found, double limit) {
    boolean holds = found.isPresent() && requirement.sign().holds(found.getAsDouble(), limit);
    return new ModelCard.Condition(requirement.metric().value(), expected, boxed(found), holds);
  }

  private OptionalDouble value(EvaluatedModel model, Metric metric) {
    return report.value(model, Part.TEST, metric);
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The conditions that are not met, as sentences. */
  static List<String> rejections(ModelCard card) {
    List<String> rejections = new ArrayList<>();
    for (ModelCard.Condition condition : card.acceptance()) {
      if (!condition.met()) {
        Double found = condition.found();
        rejections.add(
            "%s is %s, wanted %s"
                .formatted(
                    condition.metric(),
                    found == null ? "not known" : String.format(Locale.ROOT, "%.4f", found),
                    condition.expected()));
      }
    }
    return rejections;
  }
}
