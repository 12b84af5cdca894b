package io.millrace.learn.prepare;

import io.millrace.aggregate.ValueCounts;
import io.millrace.aggregate.ValueTable;
import io.millrace.learn.prepare.InputPlan.Form;
import io.millrace.learn.prepare.InputPlan.Imputation;
import io.millrace.row.Column;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Learns preparations from statistics. Each step is learnt of the training rows as the steps before
 * left them.
 */
final class PreparationFit {
  private final PreparePlan plan;
  private final TableStatistics statistics;
  private final List<PreparedInput> prepared = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  PreparationFit(PreparePlan plan, TableStatistics statistics) {
    this.plan = plan;
    this.statistics = statistics;
  }

  Preparation fit(List<Column> inputs) {
    if (statistics.trainRows() == 0) {
      throw new IllegalArgumentException(
          "Cannot train: the training set has no rows to learn from; see train.split and"
              + " train.snapshots");
    }
    for (Column input : inputs) {
      InputPlan wanted = plan.of(input.name());
      wanted
          .problem(input)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("Cannot prepare the inputs: " + problem);
              });
      fit(input.name(), wanted).ifPresent(prepared::add);
    }
    return new Preparation(prepared, notes);
  }

  private Optional<PreparedInput> fit(String input, InputPlan wanted) {
    InputStatistics found = statistics.input(input);
    if (found instanceof TextStatistics text) {
      return wanted instanceof InputPlan.OneHot oneHot
          ? oneHot(input, text, oneHot)
          : ordinal(input, text);
    }
    NumberStatistics numbers = (NumberStatistics) found;
    if (numbers.nulls() == numbers.rows()) {
      return leaveOut(input, "is NULL in all " + numbers.rows() + " training rows");
    }
    return wanted instanceof InputPlan.OneHot oneHot
        ? oneHot(input, numbers, oneHot)
        : new NumberFit(input, numbers, (InputPlan.Numbers) wanted).fit();
  }

  /** One number through its steps. */
  private final class NumberFit {
    private final String input;
    private final NumberStatistics numbers;
    private final InputPlan.Numbers wanted;
    private final List<NumberStep> steps = new ArrayList<>();
    private final boolean indicator;
    private Distribution distribution;

    NumberFit(String input, NumberStatistics numbers, InputPlan.Numbers wanted) {
      this.input = input;
      this.numbers = numbers;
      this.wanted = wanted;
      indicator = wanted.indicator() && numbers.nulls() > 0;
      distribution = numbers.distribution();
    }

    Optional<PreparedInput> fit() {
      imputed()
          .ifPresent(
              value -> {
                steps.add(new NumberStep.Impute(value));
                distribution = distribution.with(value, numbers.nulls());
              });
      wanted
          .clip()
          .ifPresent(
              clip ->
                  take(
                      new NumberStep.Clip(
                          distribution.quantile(clip.low()), distribution.quantile(clip.high()))));
      // buckets hold the same rows with or without the logarithm, and their edges are easier to
      // read
      if (wanted.log1p() && !(wanted.form() instanceof Form.Buckets)) {
        take(new NumberStep.Log1p());
      }
      boolean nullsShow = wanted.imputation() instanceof Imputation.None && numbers.nulls() > 0;
      if (distribution.isConstant() && !(nullsShow && wanted.form() instanceof Form.AsItIs)) {
        return constant();
      }
      if (wanted.form() instanceof Form.Buckets buckets) {
        return buckets(buckets.count());
      }
      if (wanted.form() instanceof Form.Standardised) {
        Moments moments = moments();
        if (!(moments.deviation() > 0)) {
          return constant();
        }
        steps.add(new NumberStep.Standardise(moments.mean(), moments.deviation()));
      }
      return Optional.of(new PreparedInput.Numeric(input, steps, indicator));
    }

    private void take(NumberStep step) {
      steps.add(step);
      distribution = distribution.after(step);
    }

    private Optional<PreparedInput> constant() {
      if (indicator) {
        notes.add(
            "%s is %s in all training rows that have it: only whether it is NULL is used."
                .formatted(input, NumberText.of(numbers.distribution().least())));
        return Optional.of(new PreparedInput.Missing(input));
      }
      return leaveOut(
          input,
          numbers.distribution().isConstant() && numbers.nulls() == 0
              ? "is %s in all training rows"
                  .formatted(NumberText.of(numbers.distribution().least()))
              : "is the same in all training rows once it is prepared");
    }

    private Optional<Double> imputed() {
      if (wanted.imputation() instanceof Imputation.Mean) {
        return Optional.of(numbers.moments().mean());
      }
      if (wanted.imputation() instanceof Imputation.Median) {
        return Optional.of(distribution.quantile(new BigDecimal("0.5")));
      }
      return wanted.imputation() instanceof Imputation.Constant constant
          ? Optional.of(constant.value() + 0.0)
          : Optional.empty();
    }

    private Moments moments() {
      if (distribution.isExact() || wanted.clip().isPresent()) {
        return distribution.moments();
      }
      Moments known = wanted.log1p() ? numbers.logarithmMoments() : numbers.moments();
      Optional<Double> imputed = imputed();
      if (imputed.isEmpty()) {
        return known;
      }
      double value = imputed.get();
      return known.with(
          wanted.log1p() ? new NumberStep.Log1p().apply(value) : value, numbers.nulls());
    }

    private Optional<PreparedInput> buckets(int count) {
      List<Double> edges = new ArrayList<>();
      for (int i = 1; i < count; i++) {
        double edge =
            distribution.quantile(
                    BigDecimal.valueOf(i).divide(BigDecimal.valueOf(count), MathContext.DECIMAL64))
                + 0.0;
        double before = edges.isEmpty() ? distribution.least() : edges.get(edges.size() - 1);
        if (edge > before) {
          edges.add(edge);
        }
      }
      if (edges.isEmpty()) {
        return leaveOut(
            input,
            "has one value in so many training rows that they make no two buckets; take one_hot, or"
                + " more buckets");
      }
      return Optional.of(new PreparedInput.Buckets(input, steps, edges, indicator));
    }
  }

  private Optional<PreparedInput> oneHot(
      String input, NumberStatistics numbers, InputPlan.OneHot wanted) {
    Distribution distribution = numbers.distribution();
    if (!distribution.isExact()) {
      return leaveOut(
          input,
          "has more than %,d different numbers, too many for one_hot; take bucketise or standardise"
              .formatted(NumberStatistics.MOST_VALUES));
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < distribution.size(); i++) {
      if (distribution.count(i) >= wanted.minCount()) {
        values.add(distribution.value(i));
      }
    }
    return categories(
        new PreparedInput.NumberCategories(
            input, values, values.size() < distribution.size(), numbers.nulls() > 0));
  }

  private Optional<PreparedInput> oneHot(
      String input, TextStatistics texts, InputPlan.OneHot wanted) {
    if (texts.counts().isEmpty()) {
      return tooMany(input);
    }
    ValueCounts counts = texts.counts().get();
    List<String> values = new ArrayList<>();
    for (int number : counts.values().ascending()) {
      if (counts.count(number) >= wanted.minCount()) {
        values.add(text(counts.values(), number));
      }
    }
    return categories(
        new PreparedInput.TextCategories(input, values, values.size() < counts.size()));
  }

  private Optional<PreparedInput> categories(PreparedInput categories) {
    return categories.columns().size() > 1
        ? Optional.of(categories)
        : leaveOut(
            categories.name(),
            "has one category only, %s, in all training rows"
                .formatted(String.join("", categories.columns())));
  }

  private Optional<PreparedInput> ordinal(String input, TextStatistics texts) {
    if (texts.counts().isEmpty()) {
      return tooMany(input);
    }
    ValueTable values = texts.counts().get().values();
    List<String> ascending = new ArrayList<>();
    for (int number : values.ascending()) {
      ascending.add(text(values, number));
    }
    return ascending.size() > 1
        ? Optional.of(new PreparedInput.TextOrder(input, ascending))
        : leaveOut(input, "has the same text in all training rows");
  }

  private Optional<PreparedInput> tooMany(String input) {
    return leaveOut(
        input,
        "has more than %,d different texts, or more than %d MiB of them; derive a coarser column"
            .formatted(TextStatistics.MOST_VALUES, TextStatistics.MOST_BYTES >> 20));
  }

  private Optional<PreparedInput> leaveOut(String input, String why) {
    notes.add(input + " " + why + ": left out.");
    return Optional.empty();
  }

  private static String text(ValueTable values, int number) {
    return new String(
        values.array(), values.offset(number), values.length(number), StandardCharsets.UTF_8);
  }
}
