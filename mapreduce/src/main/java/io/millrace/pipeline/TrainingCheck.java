package io.millrace.pipeline;

import io.millrace.learn.Part;
import io.millrace.learn.SplitPlan;
import io.millrace.learn.metrics.Metric;
import io.millrace.pipeline.Training.Target;
import io.millrace.spec.Location;
import io.millrace.spec.ModelSpec;
import io.millrace.spec.Spelling;
import io.millrace.spec.TrainSpec;
import io.millrace.spec.TrainSpec.ClassWeights;
import io.millrace.spec.TrainSpec.Requirement;
import io.millrace.spec.TrainSpec.Snapshots;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What has to fit together in a training whose columns are there. */
final class TrainingCheck {
  private static final List<String> CONDITION = List.of("true", "false");

  /** What can be asked of a version before it is accepted: metrics that have one value. */
  private static final Map<Target, List<Metric>> METRICS =
      new EnumMap<>(
          Map.of(
              Target.BINARY,
              List.of(
                  Metric.AUC,
                  Metric.AVERAGE_PRECISION,
                  Metric.LOG_LOSS,
                  Metric.BRIER,
                  Metric.CALIBRATION_ERROR,
                  Metric.ACCURACY,
                  Metric.PRECISION,
                  Metric.RECALL,
                  Metric.F1),
              Target.CLASSES,
              List.of(Metric.AUC, Metric.LOG_LOSS, Metric.ACCURACY),
              Target.NUMBER,
              List.of(Metric.RMSE, Metric.MAE, Metric.R2, Metric.DEVIANCE)));

  private final Binder binder;
  private final Training training;
  private final TrainSpec spec;

  TrainingCheck(Binder binder, Training training) {
    this.binder = binder;
    this.training = training;
    spec = training.spec();
  }

  void check() {
    checkObjective();
    checkEarlyStopping();
    checkSample();
    checkClassWeights();
    checkSnapshots();
    checkSplit();
    spec.accept().forEach(this::checkRequirement);
  }

  private void checkObjective() {
    if (training.target() != Target.NUMBER
        && spec.model().algorithm() instanceof ModelSpec.Trees trees
        && trees.objective().isPresent()) {
      report(
          spec.model().kind().at(),
          "`train.model.objective` is the loss of a number, and the label is none; leave it out");
    }
  }

  private void checkEarlyStopping() {
    boolean stopsEarly =
        spec.model().algorithm() instanceof ModelSpec.Trees trees && trees.earlyStopping() > 0;
    boolean validates =
        spec.split() instanceof TrainSpec.Split.ByTime byTime
            ? !byTime.validation().value().isNone()
            : ((TrainSpec.Split.ByHash) spec.split()).validation().signum() > 0;
    if (stopsEarly && !validates) {
      report(
          spec.model().kind().at(),
          "trees stop early by the validation rows, and `train.split.validation` is none; write `early_stopping: 0` under `train.model`, or a validation part such as `{hash: 10%}`");
    }
  }

  private void checkSample() {
    if (training.target() != Target.BINARY && spec.negatives().compareTo(BigDecimal.ONE) < 0) {
      report(
          labelAt(),
          "`train.sample.negatives` thins out rows whose label is FALSE, and the label is no condition; leave it out");
    }
  }

  private void checkClassWeights() {
    if (spec.classWeights() instanceof ClassWeights.None) {
      return;
    }
    if (training.target() == Target.NUMBER) {
      report(
          labelAt(),
          "`train.class_weights` are for classes, and the label is a number; leave them out");
    } else if (training.target() == Target.BINARY
        && spec.classWeights() instanceof ClassWeights.Given given) {
      given
          .weights()
          .forEach(
              (name, weight) -> {
                if (!CONDITION.contains(name)) {
                  report(
                      weight.at(),
                      "the label is a condition, and its classes are `true` and `false`; there is no `%s`"
                          .formatted(name));
                }
              });
    }
  }

  private void checkSnapshots() {
    if (spec.snapshots() instanceof Snapshots.Dates some) {
      LocalDate from = training.snapshots().from();
      some.dates().stream()
          .filter(date -> date.isBefore(from))
          .findFirst()
          .ifPresent(
              date ->
                  report(
                      labelAt(),
                      "the snapshot date %s lies before the first date of the pipeline, %s (source.from)"
                          .formatted(date, from)));
    }
  }

  private void checkSplit() {
    Optional<List<LocalDate>> dates = likelyDates();
    if (dates.isEmpty() || !(spec.split() instanceof TrainSpec.Split.ByTime split)) {
      return;
    }
    SplitPlan plan = SplitPlan.of(spec.split(), training.gapDays(), dates.get());
    if (plan.dates(Part.TRAIN).isEmpty()) {
      report(
          split.test().at(),
          "`train.split` leaves no date to learn from: of %d snapshot dates, test takes %d, validation %d, and gaps of %dd the rest; take more snapshots, smaller parts, or `by: hash`"
              .formatted(
                  dates.get().size(),
                  plan.dates(Part.TEST).size(),
                  plan.dates(Part.VALIDATION).size(),
                  training.gapDays()));
    }
  }

  /** As many snapshot dates as there will be once history is long enough, where that is known. */
  private Optional<List<LocalDate>> likelyDates() {
    LocalDate from = training.snapshots().from();
    Snapshots rule = spec.snapshots();
    if (rule instanceof Snapshots.Dates some) {
      return Optional.of(some.dates());
    }
    if (rule instanceof Snapshots.Days history) {
      return Optional.of(from.datesUntil(from.plusDays(history.days())).toList());
    }
    return rule instanceof Snapshots.Months monthly
        ? monthly
            .months()
            .map(
                months ->
                    IntStream.range(0, months)
                        .mapToObj(month -> from.withDayOfMonth(1).plusMonths(month))
                        .toList())
        : Optional.empty();
  }

  private void checkRequirement(Requirement requirement) {
    List<Metric> known = METRICS.getOrDefault(training.target(), List.of());
    List<String> names = known.stream().map(Metric::metricName).toList();
    String name = requirement.metric().value();
    Optional<Metric> metric =
        known.stream().filter(candidate -> candidate.metricName().equals(name)).findFirst();
    if (metric.isEmpty()) {
      report(
          requirement.metric().at(),
          "a model of %s has no metric `%s` that can be asked for%s Metrics are: %s"
              .formatted(
                  switch (training.target()) {
                    case BINARY -> "a condition";
                    case CLASSES -> "classes";
                    case NUMBER -> "a number";
                  },
                  name,
                  Spelling.nearest(name, names)
                      .map(near -> "; did you mean `" + near + "`?")
                      .orElse("."),
                  String.join(", ", names)));
      return;
    }
    boolean higherIsBetter = metric.get().better() == Metric.Better.HIGHER;
    boolean asksForHigher = requirement.sign() == TrainSpec.Sign.AT_LEAST;
    if (higherIsBetter != asksForHigher) {
      report(
          requirement.limit().at(),
          "of `%s`, %s is better; write `%s`"
              .formatted(name, higherIsBetter ? "more" : "less", higherIsBetter ? ">=" : "<="));
    }
  }

  private Location labelAt() {
    return spec.label() instanceof TrainSpec.Label.OfEvents events
        ? events.sql().at()
        : ((TrainSpec.Label.AnyEvent) spec.label()).condition().at();
  }

  private void report(Location at, String message) {
    binder.report(at, message);
  }
}
