package io.millrace.run;

import io.millrace.learn.glm.Family;
import io.millrace.learn.glm.FitResult;
import io.millrace.learn.glm.GlmModel;
import io.millrace.learn.glm.GlmProblem;
import io.millrace.learn.glm.GlmShape;
import io.millrace.learn.prepare.DesignColumn;
import io.millrace.learn.prepare.Preparation;
import io.millrace.model.card.FitSummary;
import io.millrace.model.card.FitSummary.Weight;
import io.millrace.model.card.FitSummary.WeightKind;
import io.millrace.pipeline.Training;
import io.millrace.spec.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From the words of a spec and of a model's card to those of a fit, and back. Pure. */
final class GlmProblems {
  /** What the intercept is called among weights; no design column has that name. */
  static final String INTERCEPT = "(intercept)";

  private static final int MOST_OF_HISTORY = 100;

  private GlmProblems() {}

  /**
   * What is to be minimised.
   *
   * @param classes of a text label, in the order of their numbers
   * @param start weights to begin at, or none
   */
  static GlmProblem of(
      Training training, Preparation preparation, List<String> classes, List<Weight> start) {
    ModelSpec model = training.spec().model();
    ModelSpec.Glm glm = (ModelSpec.Glm) model.algorithm();
    Family family =
        switch (model.kind().value()) {
          case LOGISTIC ->
              training.target() == Training.Target.CLASSES ? Family.MULTINOMIAL : Family.LOGISTIC;
          case LINEAR -> Family.LINEAR;
          case POISSON -> Family.POISSON;
          case TREES -> throw new IllegalArgumentException("Cannot fit trees as a linear model");
        };
    List<String> columns = preparation.columns().stream().map(DesignColumn::name).toList();
    GlmProblem problem =
        new GlmProblem(
            family,
            columns,
            family == Family.MULTINOMIAL ? classes : List.of(),
            glm.l1(),
            glm.l2(),
            glm.iterations());
    return start.isEmpty() ? problem : problem.from(model(problem, start));
  }

  /** The weights of a model's card as coefficients; what it does not name is 0. */
  private static GlmModel model(GlmProblem problem, List<Weight> weights) {
    Map<String, Double> byName = new HashMap<>();
    for (Weight weight : weights) {
      byName.put(name(weight.column(), weight.outcome()), weight.value());
    }
    List<List<Double>> coefficients = new ArrayList<>();
    List<Double> intercepts = new ArrayList<>();
    for (int output = 0; output < problem.shape().outputs(); output++) {
      Optional<String> outcome = outcome(problem.classes(), output);
      coefficients.add(
          problem.columns().stream()
              .map(column -> byName.getOrDefault(name(column, outcome), 0.0))
              .toList());
      intercepts.add(byName.getOrDefault(name(INTERCEPT, outcome), 0.0));
    }
    return new GlmModel(
        problem.family(), problem.columns(), problem.classes(), coefficients, intercepts);
  }

  private static String name(String column, Optional<String> outcome) {
    return column + "\0" + outcome.orElse("");
  }

  private static Optional<String> outcome(List<String> classes, int output) {
    return classes.isEmpty() ? Optional.empty() : Optional.of(classes.get(output));
  }

  /** What there is to say of a fit; the same for the same fit, however it was made. */
  static FitSummary summary(FitResult result) {
    GlmModel model = result.model();
    GlmShape shape = model.shape();
    List<Weight> weights = new ArrayList<>();
    for (int output = 0; output < shape.outputs(); output++) {
      Optional<String> outcome = outcome(model.classes(), output);
      weights.add(new Weight(INTERCEPT, outcome, model.intercepts().get(output)));
      for (int column = 0; column < shape.width(); column++) {
        double value = model.coefficients().get(output).get(column);
        if (value != 0) {
          weights.add(new Weight(model.columns().get(column), outcome, value));
        }
      }
    }
    return new FitSummary(
        stop(result), history(result), WeightKind.COEFFICIENT, weights, List.of());
  }

  private static String stop(FitResult result) {
    return "%s after %d %s"
        .formatted(
            result.reason().word(),
            result.iterations(),
            result.iterations() == 1 ? "iteration" : "iterations");
  }

  private static List<FitSummary.Iteration> history(FitResult result) {
    int[] shown = shown(result.iterations(), MOST_OF_HISTORY);
    return Arrays.stream(shown).mapToObj(i -> iteration(result.history().get(i))).toList();
  }

  /** Which of so many are shown: evenly spread, the first and the last among them. */
  static int[] shown(int all, int most) {
    return all <= most
        ? java.util.stream.IntStream.range(0, all).toArray()
        : java.util.stream.IntStream.range(0, most)
            .map(i -> (int) ((long) i * (all - 1) / (most - 1)))
            .toArray();
  }

  private static FitSummary.Iteration iteration(io.millrace.learn.glm.Iteration iteration) {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("objective", iteration.objective());
    values.put("gradient", iteration.gradientNorm());
    values.put("step", iteration.step());
    return new FitSummary.Iteration(iteration.number(), values);
  }
}
