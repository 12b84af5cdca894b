package io.millrace.learn.glm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fitted model: coefficients of named design columns. Plain data, which travels as JSON.
 *
 * @param columns names of the design columns, each once
 * @param classes of a multinomial model, in the order of its outputs; else none
 * @param coefficients of each output, one a column
 * @param intercepts of each output
 */
public record GlmModel(
    Family family,
    List<String> columns,
    List<String> classes,
    List<List<Double>> coefficients,
    List<Double> intercepts) {
  public GlmModel {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    coefficients = coefficients.stream().map(List::copyOf).toList();
    intercepts = List.copyOf(intercepts);
    int outputs = family == Family.MULTINOMIAL ? classes.size() : 1;
    boolean complete = true;
    for (List<Double> one : coefficients) {
      complete &= one.size() == columns.size();
    }
    if (!complete || coefficients.size() != outputs || intercepts.size() != outputs) {
      throw new IllegalArgumentException(
          "Cannot make a "
              + family.word()
              + " model: expected "
              + columns.size()
              + " coefficients and an intercept for each of "
              + outputs
              + " outputs");
    }
  }

  /** Of coefficients that lie as {@link GlmShape} has them. */
  static GlmModel of(
      Family family, List<String> columns, List<String> classes, double[] coefficients) {
    int block = columns.size() + 1;
    List<List<Double>> ofOutputs = new ArrayList<>();
    List<Double> intercepts = new ArrayList<>();
    for (int at = 0; at < coefficients.length; at += block) {
      ofOutputs.add(Arrays.stream(coefficients, at, at + block - 1).boxed().toList());
      intercepts.add(coefficients[at + block - 1]);
    }
    return new GlmModel(family, columns, classes, ofOutputs, intercepts);
  }

  public GlmShape shape() {
    return new GlmShape(family, columns.size(), coefficients.size());
  }

  /** All coefficients, as {@link GlmShape} lays them out. */
  public double[] flat() {
    GlmShape shape = shape();
    double[] flat = new double[shape.coefficients()];
    for (int k = 0; k < shape.outputs(); k++) {
      for (int column = 0; column < shape.width(); column++) {
        flat[shape.at(k, column)] = coefficients.get(k).get(column);
      }
      flat[shape.intercept(k)] = intercepts.get(k);
    }
    return flat;
  }

  /**
   * The coefficients for other columns and classes, matched by name; what this model does not have
   * is 0.
   */
  double[] flatFor(GlmProblem problem) {
    GlmShape shape = problem.shape();
    double[] own = flat();
    double[] flat = new double[shape.coefficients()];
    Map<String, Integer> places = new HashMap<>();
    columns.forEach(column -> places.put(column, places.size()));
    for (int k = 0; k < shape.outputs(); k++) {
      int output = family == Family.MULTINOMIAL ? classes.indexOf(problem.classes().get(k)) : 0;
      if (output < 0) {
        continue;
      }
      for (int column = 0; column < shape.width(); column++) {
        Integer place = places.get(problem.columns().get(column));
        if (place != null) {
          flat[shape.at(k, column)] = own[shape().at(output, place)];
        }
      }
      flat[shape.intercept(k)] = own[shape().intercept(output)];
    }
    return flat;
  }

  /** Predicts rows, without garbage. */
  public GlmScorer scorer() {
    return new GlmScorer(shape(), flat());
  }
}
