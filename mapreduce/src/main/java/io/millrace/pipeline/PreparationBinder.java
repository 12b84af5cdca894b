package io.millrace.pipeline;

import io.millrace.learn.prepare.InputPlan;
import io.millrace.learn.prepare.PreparePlan;
import io.millrace.row.Column;
import io.millrace.row.Kind;
import io.millrace.spec.ModelSpec;
import io.millrace.spec.NamePattern;
import io.millrace.spec.PrepareSpec;
import io.millrace.spec.TrainSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds {@code train.prepare} to the inputs and their types. */
final class PreparationBinder {
  private final Binder binder;
  private final TrainSpec spec;

  PreparationBinder(Binder binder, TrainSpec spec) {
    this.binder = binder;
    this.spec = spec;
  }

  PreparePlan bind(List<Column> inputs) {
    Map<String, InputPlan> said = new LinkedHashMap<>();
    PreparePlan.ModelKind kind =
        spec.model().algorithm() instanceof ModelSpec.Trees
            ? PreparePlan.ModelKind.TREES
            : PreparePlan.ModelKind.LINEAR;
    spec.prepare().forEach(steps -> check(steps, inputs));
    for (Column input : inputs) {
      spec.prepare().stream()
          .filter(steps -> steps.isOf(input.name()) && misfit(steps, input).isEmpty())
          .findFirst()
          .ifPresent(steps -> said.put(input.name(), plan(steps, input, kind)));
    }
    return PreparePlan.of(inputs, kind, said);
  }

  /** Of a pattern, inputs whose type does not suit are passed over. */
  private void check(PrepareSpec steps, List<Column> inputs) {
    List<Column> fitting = inputs.stream().filter(column -> steps.isOf(column.name())).toList();
    if (fitting.isEmpty()) {
      binder.report(
          steps.inputs().at(),
          new NamePattern(steps.inputs().value()).isPattern()
              ? "no input fits `%s`. Inputs are: %s"
                  .formatted(
                      steps.inputs(), String.join(", ", inputs.stream().map(Column::name).toList()))
              : Binder.unknown(
                  "input",
                  steps.inputs().value(),
                  inputs.stream().map(Column::name).toList(),
                  "`train.inputs` has"));
      return;
    }
    if (fitting.stream().allMatch(column -> misfit(steps, column).isPresent())) {
      binder.report(steps.inputs().at(), misfit(steps, fitting.get(0)).orElseThrow());
    }
  }

  private static Optional<String> misfit(PrepareSpec steps, Column input) {
    boolean text = input.type().kind() == Kind.STRING;
    boolean ordinal =
        steps.encoding().filter(PrepareSpec.Encoding.Ordinal.class::isInstance).isPresent();
    if (text && steps.encoding().isEmpty()) {
      return Optional.of(
          "`%s` is %s, which has no steps for numbers; write `one_hot` or `ordinal`, or leave it out"
              .formatted(input.name(), input.type().sqlName()));
    }
    return !text && ordinal
        ? Optional.of(
            "`%s` is %s; `ordinal` is for text, and a number is its own"
                .formatted(input.name(), input.type().sqlName()))
        : Optional.empty();
  }

  private static InputPlan plan(PrepareSpec steps, Column input, PreparePlan.ModelKind kind) {
    if (steps.encoding().isPresent()) {
      return steps.encoding().get() instanceof PrepareSpec.Encoding.OneHot oneHot
          ? new InputPlan.OneHot(oneHot.minCount())
          : new InputPlan.Ordinal();
    }
    boolean linear = kind == PreparePlan.ModelKind.LINEAR;
    InputPlan.Imputation imputation =
        steps
            .impute()
            .map(PreparationBinder::imputation)
            .orElse(linear ? new InputPlan.Imputation.Mean() : new InputPlan.Imputation.None());
    boolean imputes = !(imputation instanceof InputPlan.Imputation.None);
    boolean standardise = steps.standardise().orElse(linear && input.type().kind() != Kind.BOOLEAN);
    InputPlan.Form form =
        steps
            .bucketise()
            .<InputPlan.Form>map(InputPlan.Form.Buckets::new)
            .orElse(standardise ? new InputPlan.Form.Standardised() : new InputPlan.Form.AsItIs());
    return new InputPlan.Numbers(
        imputation,
        steps.indicator().orElse(imputes),
        steps.clip().map(clip -> new InputPlan.Clip(clip.low(), clip.high())),
        steps.log1p(),
        form);
  }

  private static InputPlan.Imputation imputation(PrepareSpec.Impute impute) {
    if (impute instanceof PrepareSpec.Impute.Constant constant) {
      return new InputPlan.Imputation.Constant(constant.value());
    }
    return impute instanceof PrepareSpec.Impute.Median
        ? new InputPlan.Imputation.Median()
        : new InputPlan.Imputation.Mean();
  }
}
